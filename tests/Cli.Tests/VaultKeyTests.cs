using System.Diagnostics;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Cli.Tests;

/// <summary>A publisher's key in a vault. The command line runs as a process of its own, since the vault's settings are its environment's.</summary>
public sealed class VaultKeyTests(VaultKeyTests.Vault vault) : IClassFixture<VaultKeyTests.Vault>, IDisposable
{
    private readonly ExtensionFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_bundle_signed_with_a_key_from_a_vault_verifies()
    {
        await folder.SignAsync();
        await vault.Local.SetAsync("publisher-key", await File.ReadAllTextAsync(folder.Key));
        File.Delete(folder.Envelope);

        var signed = await RunAsync("sign", folder.Bundle, "--key", vault.Local.UrlOf("publisher-key"), "--json");
        Assert.True(signed.ExitCode == 0, signed.Output + signed.Error);

        var verified = await CliRun.RunAsync("verify", folder.Bundle, "--envelope", folder.Envelope, "--trust", folder.Trust, "--json");
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.DoesNotContain("PRIVATE", signed.Output + signed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_named_with_what_to_do()
    {
        await folder.SignAsync();
        var run = await RunAsync("sign", folder.Bundle, "--key", vault.Local.UrlOf("nothing"), "--json");
        Assert.Equal(("vault_unavailable", 1), (run.ErrorCode, run.ExitCode));
        Assert.Contains("no secret nothing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_reads_a_key_from_a_vault_and_says_what_is_wrong_with_it()
    {
        await folder.SignAsync();
        await vault.Local.SetAsync("good-key", await File.ReadAllTextAsync(folder.Key));
        await vault.Local.SetAsync("bad-key", "no key");
        Assert.Equal("ok", await StateAsync("good-key"));
        Assert.Equal("fault", await StateAsync("bad-key"));
        Assert.Equal("fault", await StateAsync("nothing"));

        async Task<string?> StateAsync(string secret)
        {
            var run = await RunAsync("doctor", folder.Source, "--key", vault.Local.UrlOf(secret), "--json");
            return run.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "signing key").GetProperty("state").GetString();
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1/secrets/key")]
    [InlineData("https://127.0.0.1/keys/key")]
    [InlineData("https://127.0.0.1/secrets/key?x=1")]
    [InlineData("https://user@127.0.0.1/secrets/key")]
    [InlineData("https://127.0.0.1")]
    public async Task What_is_no_secrets_url_is_refused_before_anything_is_asked(string url)
    {
        await folder.SignAsync();
        var run = await CliRun.RunAsync("sign", folder.Bundle, "--key", url, "--json");
        Assert.Equal("usage", run.ErrorCode);
    }

    private async Task<CliRun> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [BuiltProgram.Find("cli", "AlgaExt"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in vault.Local.Settings) start.Environment[name] = value;
        start.Environment["ALGA_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliRun(process.ExitCode, await output, await error);
    }

    /// <summary>One vault for all of these tests.</summary>
    public sealed class Vault : IAsyncLifetime
    {
        public LocalVault Local { get; private set; } = null!;

        public async Task InitializeAsync() => Local = await LocalVault.StartAsync();

        public async Task DisposeAsync() => await Local.DisposeAsync();
    }
}
