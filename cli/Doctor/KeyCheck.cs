using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary>Whether the signing key can be read, and whether others can read it too.</summary>
internal static class KeyCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static async Task<Check> RunAsync(FileInfo? file, FileInfo? passphraseFile, CancellationToken cancellationToken)
    {
        const string name = "signing key";
        if (file is null) return new Check(name, CheckState.Missing, "none is named", "Give --key to have it looked at; 'alga-ext keygen' makes one.");
        if (!file.Exists) return new Check(name, CheckState.Fault, $"{file.FullName} is not there", "Make one with 'alga-ext keygen', or name another file.");
        try
        {
            using var key = await SigningKeyFile.ReadAsync(file, passphraseFile, cancellationToken).ConfigureAwait(false);
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.FullName) & Others) != 0
                ? new Check(name, CheckState.Fault, $"others on this machine can read {file.FullName}", $"chmod 600 {file.FullName}")
                : new Check(name, CheckState.Ok, key.Public.KeyId);
        }
        catch (RefusedException exception)
        {
            return new Check(name, CheckState.Fault, exception.Refusal.Message, "The passphrase comes from ALGA_KEY_PASSPHRASE, --passphrase-file or a prompt.");
        }
    }
}
