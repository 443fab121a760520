using System.Buffers.Text;
using System.Text.Json;
using Alga.Extensions.Testing;

namespace Alga.Extensions.ServiceTokens.Tests;

public class ServiceTokenClaimsReaderTests
{
    [Fact]
    public void It_takes_exactly_what_the_serializer_takes_and_reads_the_same()
    {
        var token = new ServiceTokenIssuer(Sample.Key, new ManualTime()).Issue(Sample.Request, Sample.Bytes(Sample.Request));
        var (taken, refused, difference) = SameReading.Of(Base64Url.DecodeFromChars(token.Split('.')[1]), Serializer, json => Write(ServiceTokenClaimsReader.Read(json)));
        Assert.Null(difference);
        // Both happen often, or nothing was compared.
        Assert.True(taken > 50 && refused > 500, $"{taken} taken, {refused} refused");
    }

    private static string Serializer(byte[] json) =>
        JsonSerializer.Deserialize(json, ServiceTokenJson.Default.ServiceTokenClaims) is { } claims && !HasNulls(claims) ? Write(claims) : throw new JsonException("A null.");

    private static string Write(ServiceTokenClaims claims) => JsonSerializer.Serialize(claims, ServiceTokenJson.Default.ServiceTokenClaims);

    /// <summary>The serializer sees to nulls everywhere but in lists.</summary>
    private static bool HasNulls(ServiceTokenClaims claims) =>
        claims.Capabilities.Contains(null!) || claims.Egress?.Contains(null!) is true || claims.Secrets?.Contains(null!) is true;
}
