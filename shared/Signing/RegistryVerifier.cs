using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// Verifies what a registry signs, with the keys that the trust bundle names for that registry and with no others: a key that
/// signs for publishers never counts here. Fails closed.
/// </summary>
public static class RegistryVerifier
{
    private const string Remedy = "The platform's operator must look into it.";

    /// <summary>Verifies a counter-signature. What it states must still be compared: <see cref="AcceptanceStatement.FindDifference"/>.</summary>
    public static Outcome<AcceptanceStatement> VerifyAcceptance(ReadOnlySpan<byte> envelopeJson, TrustBundle trust, string registry)
    {
        if (!OpenedEnvelope.Open(envelopeJson, AcceptanceStatement.PayloadType, AcceptanceStatement.MaxBytes, Remedy).TryGet(out var envelope, out var refusal)) return refusal;
        if (!FindSigners(envelope, trust, registry).TryGet(out var signers, out refusal)) return refusal;
        if (envelope.Parse(SigningJson.Default.AcceptanceStatement) is not { Schema: AcceptanceStatement.CurrentSchema } statement)
            return SigningRefusal.Of($"The counter-signed statement is not of the form of schema {AcceptanceStatement.CurrentSchema}. {Remedy}");
        if (statement.Registry != registry) return OtherRegistry(statement.Registry);
        return signers.Any(signer => signer.IsValidAt(statement.AcceptedAt)) ? statement : Expired(signers[0]);
    }

    /// <summary>Verifies an index.</summary>
    /// <param name="envelopeJson">The envelope's bytes.</param>
    /// <param name="trust">The trust bundle.</param>
    /// <param name="registry">The registry that must have signed it.</param>
    /// <param name="extension">The extension that it must be about.</param>
    /// <param name="now">When it is relied on: the key must be valid. Its own expiry is the caller's to check, at each use.</param>
    public static Outcome<VerifiedIndex> VerifyIndex(ReadOnlySpan<byte> envelopeJson, TrustBundle trust, string registry, string extension, DateTimeOffset now)
    {
        if (!OpenedEnvelope.Open(envelopeJson, IndexStatement.PayloadType, IndexStatement.MaxBytes, Remedy).TryGet(out var envelope, out var refusal)) return refusal;
        if (!FindSigners(envelope, trust, registry).TryGet(out var signers, out refusal)) return refusal;
        if (envelope.Parse(SigningJson.Default.IndexStatement) is not { } statement || !statement.IsWellFormed())
            return SigningRefusal.Of($"The signed index is not of the form of schema {IndexStatement.CurrentSchema}. {Remedy}");
        if (statement.Registry != registry) return OtherRegistry(statement.Registry);
        if (statement.Extension != extension) return SigningRefusal.Of($"The index is of '{Printable.Of(statement.Extension)}', not of '{Printable.Of(extension)}'. {Remedy}");
        if (signers.FirstOrDefault(signer => signer.IsValidAt(now)) is not { } signer) return Expired(signers[0]);
        return KeyRegister.Of(statement.Publisher, statement.Keys).TryGet(out var register, out refusal) ? new VerifiedIndex(statement, register, signer.Key.KeyId) : refusal;
    }

    // Two signatures of one key are one signer: keys are looked at, each once, not signatures.
    private static Outcome<IReadOnlyList<RegistryKey>> FindSigners(OpenedEnvelope envelope, TrustBundle trust, string registry)
    {
        List<RegistryKey> signers =
        [
            .. trust.RegistryKeys.Where(trusted => trusted.Registry == registry && envelope.Signatures.Any(signature => envelope.IsSignedBy(signature, trusted.Key))),
        ];
        return signers.Count > 0
            ? signers
            : SigningRefusal.Of($"No key of registry '{Printable.Of(registry)}' in the trust bundle made this signature. The platform's operator must add the registry's key with a line 'registry: {Printable.Of(registry)}', or find out who signed.");
    }

    private static Refusal OtherRegistry(string registry) => SigningRefusal.Of($"It was signed for registry '{Printable.Of(registry)}'. {Remedy}");

    private static Refusal Expired(RegistryKey key) => SigningRefusal.Of($"The registry's key {key.Key.KeyId} is not valid at that time. The platform's operator must renew it, and have the indexes signed again.");
}

/// <summary>An index whose signature counts.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Keys">The publisher's keys in it.</param>
/// <param name="SignerKeyId">The registry's key that signed it.</param>
public sealed record VerifiedIndex(IndexStatement Statement, KeyRegister Keys, string SignerKeyId);
