using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Cli.Tests;

[SuppressMessage("Interoperability", "CA1416", Justification = "Tests run on Linux.")]
public sealed class SignTests : IDisposable
{
    private readonly ExtensionFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_signed_bundle_verifies()
    {
        await folder.SignAsync();

        var run = await VerifyAsync();

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("acme", run.Json.GetProperty("publisher").GetString());
    }

    [Fact]
    public async Task A_bundle_that_was_packed_anew_with_other_contents_is_refused()
    {
        await folder.SignAsync();
        folder.Write("extension/dist/main.wasm", "other");
        await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle);

        var run = await VerifyAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("signature_invalid", run.ErrorCode);
    }

    [Fact]
    public async Task A_key_of_another_publisher_is_refused()
    {
        await folder.SignAsync();
        var trust = await File.ReadAllTextAsync(folder.Trust);
        await File.WriteAllTextAsync(folder.Trust, trust.Replace("publishers: acme", "publishers: globex", StringComparison.Ordinal));

        var run = await VerifyAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("signature_invalid", run.ErrorCode);
    }

    [Fact]
    public async Task A_signature_for_another_registry_is_refused()
    {
        await folder.SignAsync();

        var run = await CliRun.RunAsync("verify", folder.Bundle, "--envelope", folder.Envelope, "--trust", folder.Trust, "--audience", "elsewhere", "--json");

        Assert.Equal("signature_invalid", run.ErrorCode);
    }

    [Fact]
    public async Task A_private_key_is_readable_by_its_owner_only()
    {
        await folder.SignAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Key));
        Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(folder.Trust), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_key_is_not_replaced_unasked()
    {
        await folder.SignAsync();
        var before = await File.ReadAllTextAsync(folder.Key);

        var run = await CliRun.RunAsync("keygen", "--out", folder.Key, "--publisher", "acme", "--no-passphrase");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(folder.Key));
    }

    [Fact]
    public async Task An_encrypted_key_opens_with_the_passphrase_of_a_file_and_not_with_another()
    {
        folder.Write("right", "correct horse\n");
        folder.Write("wrong", "battery\n");
        await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle);
        var made = await CliRun.RunAsync("keygen", "--out", folder.Key, "--publisher", "acme", "--passphrase-file", folder.Path("right"));
        Assert.True(made.ExitCode == 0, made.Error);

        var right = await CliRun.RunAsync("sign", folder.Bundle, "--key", folder.Key, "--passphrase-file", folder.Path("right"));
        var wrong = await CliRun.RunAsync("sign", folder.Bundle, "--key", folder.Key, "--passphrase-file", folder.Path("wrong"));

        Assert.Contains("ENCRYPTED", await File.ReadAllTextAsync(folder.Key), StringComparison.Ordinal);
        Assert.True(right.ExitCode == 0, right.Error);
        Assert.Equal(1, wrong.ExitCode);
    }

    private Task<CliRun> VerifyAsync() =>
        CliRun.RunAsync("verify", folder.Bundle, "--envelope", folder.Envelope, "--trust", folder.Trust, "--json");
}
