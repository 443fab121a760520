using Alga.Extensions.Signing;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Reads a publisher's private key, asking for its passphrase where it needs one.</summary>
internal static class SigningKeyFile
{
    public static async Task<SigningKey> ReadAsync(FileInfo file, FileInfo? passphraseFile, CancellationToken cancellationToken)
    {
        var pem = await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        var passphrase = pem.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? await Passphrase.FindAsync(passphraseFile, $"Passphrase of {file.Name}:", cancellationToken).ConfigureAwait(false)
            : null;
        return RefusedException.Unwrap(SigningKey.Parse(pem, passphrase));
    }
}
