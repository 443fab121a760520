using Alga.Extensions.Secrets;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Seal;

/// <summary>Gives the registry's seal from the vault. A rotated key is taken up as soon as the vault gives it.</summary>
public sealed class RegistrySealer(RegistryKeySource keys, TrustBundle trust, TimeProvider time)
{
    /// <summary>Name of the key in the vault: base64 of an unencrypted PKCS#8 key.</summary>
    public const string SecretName = "alga-registry-signing-key";

    private volatile Current? current;

    private sealed record Current(byte[] Key, RegistrySeal Seal);

    /// <summary>The seal. Fetch it before a transaction begins: the vault may take its time.</summary>
    /// <exception cref="SecretUnavailableException">The vault does not give the key.</exception>
    /// <exception cref="InvalidOperationException">The key is none, or the trust bundle does not have it as this registry's: nobody would believe what it signs.</exception>
    public async ValueTask<RegistrySeal> GetAsync(CancellationToken cancellationToken)
    {
        var key = await keys(cancellationToken).ConfigureAwait(false);
        if (current is { } known && ReferenceEquals(known.Key, key)) return known.Seal;
        if (!SigningKey.Read(key).TryGet(out var signing, out var refusal)) throw new InvalidOperationException($"Secret {SecretName} is no usable key. {refusal.Message}");
        var now = time.GetUtcNow();
        if (!trust.RegistryKeys.Any(trusted => trusted.Registry == BundleStatement.DefaultRegistry && trusted.Key.KeyId == signing.Public.KeyId && trusted.IsValidAt(now)))
        {
            throw new InvalidOperationException(
                $"The registry's key {signing.Public.KeyId} is not in SIGNING_TRUST_BUNDLE, or not valid now; add it with a line 'registry: {BundleStatement.DefaultRegistry}'.");
        }

        var fresh = new Current(key, new RegistrySeal(signing));
        current = fresh;
        return fresh.Seal;
    }
}
