using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.AlgaExt.Keygen;

/// <summary><c>alga-ext keygen</c>: a new signing key, and its public half as an entry for a trust bundle.</summary>
internal static class KeygenCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo>("--out", "-o") { Description = "File for the private key (PKCS#8, PEM).", Required = true };
        var publisher = new Option<string>("--publisher") { Description = "Publisher that the key signs for.", Required = true };
        publisher.Validators.Add(result =>
        {
            if (!PublisherName.IsValid(result.GetValueOrDefault<string>())) result.AddError("--publisher is a publisher's name, such as acme or com.acme.");
        });
        var passphraseFile = CommonOptions.PassphraseFile();
        var plain = new Option<bool>("--no-passphrase") { Description = "Leave the key unencrypted: for development and for machines with a secret store." };
        var force = new Option<bool>("--force") { Description = "Replace an existing key." };
        return new Command("keygen", """
            Makes a P-256 signing key. The public half is written beside it (key.pub.pem), ready for a trust bundle.

            Example: alga-ext keygen --out key.pem --publisher acme
            """)
        {
            output, publisher, passphraseFile, plain, force,
        }.Does(null, async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(output).FullName;
            if (File.Exists(file) && !parsed.GetValue(force))
            {
                throw new RefusedException(new CliRefusal(CliRefusal.File, $"{file} exists; a lost key cannot be made again. Choose another file, or use --force."));
            }

            var passphrase = parsed.GetValue(plain)
                ? null
                : await Passphrase.FindAsync(parsed.GetValue(passphraseFile), "Passphrase for the new key:", cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(passphrase) && !parsed.GetValue(plain))
            {
                throw new RefusedException(new CliRefusal(
                    CliRefusal.Usage, "No passphrase is given: set ALGA_KEY_PASSPHRASE, use --passphrase-file, or say --no-passphrase."));
            }

            using var key = SigningKey.Create();
            var publicFile = PublicFileOf(file);
            await OutputFile.WriteAsync(file, secret: true, key.ToPem(passphrase)).ConfigureAwait(false);
            await OutputFile.WriteAsync(publicFile, secret: false, key.ToTrustEntry(parsed.GetRequiredValue(publisher))).ConfigureAwait(false);
            return new CommandResult(
                $"Private key: {file}\nPublic key:  {publicFile}\nKey id:      {key.Public.KeyId}",
                new JsonObject { ["key"] = file, ["publicKey"] = publicFile, ["keyId"] = key.Public.KeyId });
        });
    }

    private static string PublicFileOf(string keyFile) => Path.ChangeExtension(keyFile, null) + ".pub.pem";
}
