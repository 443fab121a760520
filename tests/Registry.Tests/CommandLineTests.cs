using System.Text.Json;
using Alga.Extensions.AlgaExt;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Tests;

/// <summary>The publisher's and the operator's hands, against the real registry.</summary>
public sealed class CommandLineTests(RegistryApp app) : IClassFixture<RegistryApp>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alga-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Keys_are_added_listed_retired_and_compromised()
    {
        using var key = SigningKey.Create();
        var file = Write("key.pem", key.ToPem(null));

        var added = await RunAsync(app.Developer, "keys", "add", "--publisher", "acme", "--key", file);
        Assert.Equal(("active", key.Public.KeyId), (added.GetProperty("status").GetString(), added.GetProperty("keyId").GetString()));
        var listed = await RunAsync(app.Developer, "keys", "list", "--publisher", "acme");
        Assert.Contains(listed.GetProperty("keys").EnumerateArray(), item => item.GetProperty("keyId").GetString() == key.Public.KeyId);
        Assert.Equal("retired", (await RunAsync(app.Developer, "keys", "retire", key.Public.KeyId, "--publisher", "acme")).GetProperty("status").GetString());
        var compromised = await RunAsync(app.Operator, "keys", "compromise", key.Public.KeyId, "--publisher", "acme", "--since", "2026-01-01T00:00:00Z");
        Assert.Equal("compromised", compromised.GetProperty("status").GetString());

        Assert.Equal("not_found", (await RunAsync(app.OtherDeveloper, "keys", "list", "--publisher", "acme")).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_version_is_revoked_by_its_publisher_and_restored_by_an_operator()
    {
        var bundle = await app.PublishNewAsync();
        string[] arguments = ["revoke", bundle.Name, "--version", bundle.Version, "--reason", "It leaks."];

        Assert.True((await RunAsync(app.Developer, arguments)).GetProperty("revoked").GetBoolean());
        Assert.Equal("forbidden", (await RunAsync(app.Developer, [.. arguments, "--restore"])).GetProperty("error").GetProperty("code").GetString());
        Assert.False((await RunAsync(app.Operator, [.. arguments, "--restore"])).GetProperty("revoked").GetBoolean());
    }

    [Fact]
    public async Task The_counter_signature_of_a_publish_is_kept_and_verifies()
    {
        var name = app.NewName();
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        var (file, envelope, acceptance) = (Write("b.tar.zst", bundle.Bytes), Write("b.dsse.json", bundle.Sign(app.Key)), Path.Combine(folder.FullName, "b.acceptance.json"));
        var trust = Write("trust.pem", app.Key.ToTrustEntry("acme") + app.RegistryKey.ToRegistryEntry(BundleStatement.DefaultRegistry));

        await RunAsync(app.Developer, "publish", file, "--envelope", envelope, "--acceptance-out", acceptance);

        using var output = new StringWriter();
        Assert.Equal(0, await AlgaExtCommand.RunAsync(["verify", file, "--envelope", envelope, "--trust", trust, "--acceptance", acceptance], output, output));
        Assert.Contains("accepted it at", output.ToString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> RunAsync(string token, params string[] arguments)
    {
        using var output = new StringWriter();
        await AlgaExtCommand.RunAsync([.. arguments, "--registry", app.Url, "--token-file", Write("token", token), "--json"], output, output);
        return JsonElement.Parse(output.ToString());
    }

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
