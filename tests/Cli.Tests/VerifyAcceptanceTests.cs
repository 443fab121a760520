using Alga.Extensions.Signing;

namespace Alga.Extensions.Cli.Tests;

/// <summary>The registry's counter-signature, checked on the publisher's machine.</summary>
public sealed class VerifyAcceptanceTests : IDisposable
{
    private readonly ExtensionFolder folder = new();
    private readonly SigningKey registry = SigningKey.Create();

    public void Dispose()
    {
        folder.Dispose();
        registry.Dispose();
    }

    [Fact]
    public async Task A_counter_signature_that_fits_is_told_with_its_time()
    {
        await AcceptAsync(registry);

        var run = await VerifyAsync();

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.StartsWith("2026-07-01T12:00:00", run.Json.GetProperty("acceptedAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_counter_signature_of_a_stranger_or_of_another_version_is_refused()
    {
        using var stranger = SigningKey.Create();
        await AcceptAsync(stranger);
        Assert.Equal("signature_invalid", (await VerifyAsync()).ErrorCode);

        await AcceptAsync(registry, acceptance => acceptance with { Version = "9.9.9" });
        Assert.Equal("signature_invalid", (await VerifyAsync()).ErrorCode);
    }

    private async Task AcceptAsync(SigningKey key, Func<AcceptanceStatement, AcceptanceStatement>? change = null)
    {
        if (!File.Exists(folder.Envelope))
        {
            await folder.SignAsync();
            await File.AppendAllTextAsync(folder.Trust, registry.ToRegistryEntry(BundleStatement.DefaultRegistry));
        }

        var at = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        var envelope = await File.ReadAllBytesAsync(folder.Envelope);
        Assert.True(TrustBundle.Load(folder.Trust).TryGet(out var trust, out var refusal), refusal?.Message);
        Assert.True(EnvelopeVerifier.Verify(envelope, trust, KeyRegister.None, at).TryGet(out var signed, out refusal), refusal?.Message);
        var acceptance = AcceptanceStatement.Of(signed, envelope, at);
        Assert.True(EnvelopeSigner.Sign(change?.Invoke(acceptance) ?? acceptance, key).TryGet(out var counter, out refusal), refusal?.Message);
        await File.WriteAllBytesAsync(folder.Path("acceptance"), counter);
    }

    private Task<CliRun> VerifyAsync() => CliRun.RunAsync(
        "verify", folder.Bundle, "--envelope", folder.Envelope, "--trust", folder.Trust, "--acceptance", folder.Path("acceptance"), "--json");
}
