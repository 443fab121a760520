using System.CommandLine;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Secrets;
using Alga.Extensions.Signing;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Where a publisher's private key is: in a file, or in a Key Vault's secret. Asks for its passphrase where it needs one.</summary>
internal static class SigningKeySource
{
    /// <summary>The option <c>--key</c>.</summary>
    public static Option<string> Option(string description, bool required) => new("--key")
    {
        Description = $"{description} A file (PKCS#8, PEM), or the URL of a Key Vault secret with such a text.",
        Required = required,
    };

    /// <summary>Whether a key is said to be in a vault.</summary>
    public static bool IsInVault(string key) => SecretByUrl.IsMeant(key);

    /// <summary>Reads the key.</summary>
    /// <exception cref="RefusedException">It is not there, or is none.</exception>
    public static async Task<SigningKey> ReadAsync(string key, FileInfo? passphraseFile, CancellationToken cancellationToken)
    {
        var (pem, name) = IsInVault(key)
            ? (await ReadVaultAsync(key, cancellationToken).ConfigureAwait(false), "the vault's key")
            : (await ReadFileAsync(key, cancellationToken).ConfigureAwait(false), Path.GetFileName(key));
        var passphrase = pem.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? await Passphrase.FindAsync(passphraseFile, $"Passphrase of {name}:", cancellationToken).ConfigureAwait(false)
            : null;
        return RefusedException.Unwrap(SigningKey.Parse(pem, passphrase));
    }

    private static async Task<string> ReadFileAsync(string file, CancellationToken cancellationToken) => File.Exists(file)
        ? await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)
        : throw new RefusedException(new CliRefusal(CliRefusal.File, $"{Path.GetFullPath(file)} is not there; 'alga-ext keygen' makes a key."));

    private static async Task<string> ReadVaultAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            return SecretByUrl.TryParse(url, new ConfigurationBuilder().AddEnvironmentVariables().Build(), out var secret)
                ? await secret.ReadAsync(cancellationToken).ConfigureAwait(false)
                : throw new RefusedException(new CliRefusal(CliRefusal.Usage, $"--key names a secret as {SecretByUrl.Form}."));
        }
        catch (SecretUnavailableException exception)
        {
            throw new RefusedException(new CliRefusal(CliRefusal.VaultUnavailable, exception.Message));
        }
        catch (ConfigurationException exception)
        {
            throw new RefusedException(new CliRefusal(CliRefusal.Usage, exception.Message));
        }
    }
}
