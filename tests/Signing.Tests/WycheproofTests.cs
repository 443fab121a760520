using System.Text.Json;

namespace Alga.Extensions.Signing.Tests;

/// <summary>Wycheproof's vectors: tests/vectors/wycheproof/SOURCE.md.</summary>
public sealed class WycheproofTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wycheproof");

    public static TheoryData<string, bool> Files => new()
    {
        { "ecdsa_secp256r1_sha256_p1363_test.json", true },
        { "ecdsa_secp384r1_sha384_p1363_test.json", true },
        { "rsa_pss_2048_sha256_mgf1_32_test.json", true },
        { "rsa_pss_3072_sha256_mgf1_32_test.json", true },
        { "rsa_pss_4096_sha256_mgf1_32_test.json", true },
        { "rsa_pss_2048_sha256_mgf1sha1_20_test.json", false },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_vector_is_judged_as_it_should_be(string file, bool areOurParameters)
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        var wrong = new List<string>();
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            Assert.True(VerificationKey.TryRead(Bytes(group, "publicKeyDer"), out var key, out var problem), problem);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var expected = areOurParameters && test.GetProperty("result").GetString() == "valid";
                if (key.Verify(Bytes(test, "msg"), Bytes(test, "sig")) != expected) wrong.Add($"{test.GetProperty("tcId")}: {test.GetProperty("comment")}");
            }
        }

        Assert.Empty(wrong);
    }

    private static byte[] Bytes(JsonElement parent, string name) => Convert.FromHexString(parent.GetProperty(name).GetString()!);
}
