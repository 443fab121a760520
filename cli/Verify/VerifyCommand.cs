using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Signing;

namespace Alga.Extensions.AlgaExt.Verify;

/// <summary><c>alga-ext verify</c>: the same checks as at the registry and the runner, on this machine.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var envelope = CommonOptions.Envelope();
        var trust = new Option<FileInfo>("--trust") { Description = "Trust bundle: the public keys with their publishers (PEM).", Required = true }.AcceptExistingOnly();
        var audience = new Option<string>("--audience")
        {
            Description = "Name of the registry that the bundle must be meant for.",
            DefaultValueFactory = _ => BundleStatement.DefaultRegistry,
        };
        var acceptance = new Option<FileInfo>("--acceptance")
        {
            Description = "The registry's counter-signature, written by 'alga-ext publish --acceptance-out': checked as well, and keys count as of its time.",
        }.AcceptExistingOnly();
        return new Command("verify", """
            Checks a bundle, its signature and that the signer may sign for its publisher; and, where it is given, the registry's
            counter-signature. Keys that only the registry holds are not known here.

            Example: alga-ext verify hello.tar.zst --envelope hello.tar.zst.dsse.json --trust trust.pem
            """)
        {
            bundle, envelope, trust, audience, acceptance,
        }.Does("Verifying", async (parsed, cancellationToken) =>
        {
            var keys = RefusedException.Unwrap(TrustBundle.Load(parsed.GetRequiredValue(trust).FullName));
            var signed = await File.ReadAllBytesAsync(parsed.GetRequiredValue(envelope).FullName, cancellationToken).ConfigureAwait(false);
            var accepted = parsed.GetValue(acceptance) is { } counter
                ? RefusedException.Unwrap(RegistryVerifier.VerifyAcceptance(
                    await File.ReadAllBytesAsync(counter.FullName, cancellationToken).ConfigureAwait(false), keys, parsed.GetRequiredValue(audience)))
                : null;
            var verified = RefusedException.Unwrap(EnvelopeVerifier.Verify(signed, keys, KeyRegister.None, accepted?.AcceptedAt ?? TimeProvider.System.GetUtcNow()));
            if (accepted?.FindDifference(verified, signed) is { } mismatch) throw new RefusedException(CliRefusal.From(mismatch));
            var statement = verified.Statement;
            var facts = await BundleFacts.ReadAsync(parsed.GetRequiredValue(bundle).FullName, cancellationToken).ConfigureAwait(false);
            if (StatementCheck.FindDifference(statement, facts.ToStatement(parsed.GetRequiredValue(audience))) is { } difference)
            {
                throw new RefusedException(CliRefusal.From(difference));
            }

            return new CommandResult(
                $"In order: {statement.Publisher} signed {statement.Extension} {statement.Version}\n{facts.Contents.Hash}"
                    + (accepted is null ? "" : $"\n{accepted.Registry} accepted it at {accepted.AcceptedAt:yyyy-MM-dd HH:mm:ss} UTC"),
                new JsonObject
                {
                    ["publisher"] = statement.Publisher,
                    ["name"] = statement.Extension,
                    ["version"] = statement.Version,
                    ["contentHash"] = facts.Contents.Hash.ToString(),
                    ["keyId"] = verified.KeyId,
                    ["acceptedAt"] = accepted?.AcceptedAt.ToString("O"),
                });
        });
    }
}
