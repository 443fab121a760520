using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Alga.Extensions.Secrets;

/// <summary>Makes the platform's keys, for whoever sets a platform up; no service may write them.</summary>
public static class KeyMaker
{
    /// <summary>Length of a key that is made, in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Makes a random key where there is none; one that is there stays as it is.</summary>
    /// <returns>The secret's text: the key in base64.</returns>
    /// <exception cref="RequestFailedException">The vault does not answer, or does not allow it.</exception>
    public static Task<string> EnsureAsync(SecretClient vault, string name, CancellationToken cancellationToken) =>
        EnsureAsync(vault, name, () => RandomNumberGenerator.GetBytes(KeyBytes), cancellationToken);

    /// <summary>Makes a key of another kind where there is none; one that is there stays as it is.</summary>
    /// <param name="vault">Where it is kept.</param>
    /// <param name="name">Name of the secret.</param>
    /// <param name="make">Makes the key; called only where there is none.</param>
    /// <param name="cancellationToken">Ends the wait for the vault.</param>
    /// <returns>The secret's text: the key in base64.</returns>
    /// <exception cref="RequestFailedException">The vault does not answer, or does not allow it.</exception>
    public static async Task<string> EnsureAsync(SecretClient vault, string name, Func<byte[]> make, CancellationToken cancellationToken) =>
        await FindAsync(vault, name, cancellationToken).ConfigureAwait(false)
        ?? await StoreAsync(vault, name, Convert.ToBase64String(make()), cancellationToken).ConfigureAwait(false);

    /// <summary>Gives a vault the same text that another one holds; nothing is written where it has it already.</summary>
    public static async Task CopyAsync(SecretClient vault, string name, string text, CancellationToken cancellationToken)
    {
        if (await FindAsync(vault, name, cancellationToken).ConfigureAwait(false) == text) return;
        await StoreAsync(vault, name, text, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> FindAsync(SecretClient vault, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await vault.GetSecretAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false)).Value.Value;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private static async Task<string> StoreAsync(SecretClient vault, string name, string text, CancellationToken cancellationToken)
    {
        await vault.SetSecretAsync(name, text, cancellationToken).ConfigureAwait(false);
        return text;
    }
}
