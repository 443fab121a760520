using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary>Whether the signing key can be read, and whether others can read it too.</summary>
internal static class KeyCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static async Task<Check> RunAsync(string? source, FileInfo? passphraseFile, CancellationToken cancellationToken)
    {
        const string name = "signing key";
        if (source is null) return new Check(name, CheckState.Missing, "none is named", "Give --key to have it looked at; 'alga-ext keygen' makes one.");
        try
        {
            using var key = await SigningKeySource.ReadAsync(source, passphraseFile, cancellationToken).ConfigureAwait(false);
            if (SigningKeySource.IsInVault(source)) return new Check(name, CheckState.Ok, $"{key.Public.KeyId}, from the vault");
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(source) & Others) != 0
                ? new Check(name, CheckState.Fault, $"others on this machine can read {Path.GetFullPath(source)}", $"chmod 600 {Path.GetFullPath(source)}")
                : new Check(name, CheckState.Ok, key.Public.KeyId);
        }
        catch (RefusedException exception) when (exception.Refusal.Code is CliRefusal.File or CliRefusal.VaultUnavailable or CliRefusal.Usage)
        {
            return new Check(name, CheckState.Fault, exception.Refusal.Message, "Name the key's file or the URL of a vault's secret with --key.");
        }
        catch (RefusedException exception)
        {
            return new Check(name, CheckState.Fault, exception.Refusal.Message, "The passphrase comes from ALGA_KEY_PASSPHRASE, --passphrase-file or a prompt.");
        }
    }
}
