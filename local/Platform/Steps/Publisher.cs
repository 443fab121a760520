using Alga.Extensions.Platform.State;

namespace Alga.Extensions.Platform.Steps;

/// <summary>The development publisher: a key made once, and a trust bundle that lets it sign for its own name only, beside the registry's key.</summary>
internal static class Publisher
{
    public const string Name = "alga-samples";

    public static async Task EnsureAsync(AlgaExt cli, StateFolder state, CancellationToken cancellationToken)
    {
        if (!File.Exists(state.PublisherKey) || !File.Exists(state.PublisherPublicKey))
        {
            Directory.CreateDirectory(state.Publisher);
            await cli.RunAsync(cancellationToken, "keygen", "--out", state.PublisherKey, "--publisher", Name, "--no-passphrase", "--force").ConfigureAwait(false);
        }
    }

    /// <summary>Writes the trust bundle; both keys are there.</summary>
    public static async Task TrustAsync(VaultAccess vault, StateFolder state, CancellationToken cancellationToken)
    {
        // keygen writes it as an entry of a trust bundle, with the publisher that it may sign for.
        var publicKey = await File.ReadAllTextAsync(state.PublisherPublicKey, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(state.TrustBundle, publicKey + vault.RegistryTrustEntry, cancellationToken).ConfigureAwait(false);
    }
}
