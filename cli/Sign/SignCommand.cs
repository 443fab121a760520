using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Signing;

namespace Alga.Extensions.AlgaExt.Sign;

/// <summary><c>alga-ext sign</c>: the publisher's signature over everything that tells this bundle from another.</summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var key = SigningKeySource.Option("The publisher's private key.", required: true);
        var output = new Option<FileInfo>("--out", "-o") { Description = "File for the signature; the bundle's name with .dsse.json when not given." };
        var audience = new Option<string>("--audience")
        {
            Description = "Name of the registry that the bundle is meant for; the signature is of no use at another.",
            DefaultValueFactory = _ => BundleStatement.DefaultRegistry,
        };
        var passphraseFile = CommonOptions.PassphraseFile();
        var certificates = new Option<FileInfo>("--certificates")
        {
            Description = "The key's certificate and those above it up to an authority of the trust bundle (PEM), where one vouches for the key.",
        }.AcceptExistingOnly();
        return new Command("sign", """
            Signs a bundle: publisher, name, version, hash, files and capabilities, in a DSSE envelope.

            Example: alga-ext sign hello.tar.zst --key key.pem
            Example: alga-ext sign hello.tar.zst --key https://acme.vault.azure.net/secrets/publisher-key
            """)
        {
            bundle, key, output, audience, passphraseFile, certificates,
        }.Does(null, async (parsed, cancellationToken) =>
        {
            var bundleFile = parsed.GetRequiredValue(bundle).FullName;
            var facts = await BundleFacts.ReadAsync(bundleFile, cancellationToken).ConfigureAwait(false);
            using var signingKey = await SigningKeySource.ReadAsync(parsed.GetRequiredValue(key), parsed.GetValue(passphraseFile), cancellationToken).ConfigureAwait(false);
            var chain = parsed.GetValue(certificates) is { } chainFile
                ? RefusedException.Unwrap(CertificateChain.Parse(await File.ReadAllTextAsync(chainFile.FullName, cancellationToken).ConfigureAwait(false)))
                : null;
            var envelope = RefusedException.Unwrap(EnvelopeSigner.Sign(facts.ToStatement(parsed.GetRequiredValue(audience)), signingKey, chain));
            var file = parsed.GetValue(output)?.FullName ?? bundleFile + ".dsse.json";
            await OutputFile.WriteAsync(file, secret: false, stream => stream.WriteAsync(envelope, cancellationToken).AsTask()).ConfigureAwait(false);
            return new CommandResult(
                $"{facts.Manifest.Publisher}: {facts.Manifest.Name} {facts.Manifest.Version}\n{facts.Contents.Hash}\nKey id {signingKey.Public.KeyId}\n{file}",
                new JsonObject
                {
                    ["envelope"] = file,
                    ["publisher"] = facts.Manifest.Publisher,
                    ["name"] = facts.Manifest.Name,
                    ["version"] = facts.Manifest.Version,
                    ["contentHash"] = facts.Contents.Hash.ToString(),
                    ["keyId"] = signingKey.Public.KeyId,
                });
        });
    }
}
