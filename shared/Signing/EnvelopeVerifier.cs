using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// Verifies publishers' envelopes and fails closed. The statement it returns is parsed from the very bytes whose signature was
/// verified, by a key that may sign for the statement's publisher at the given time.
/// </summary>
public static class EnvelopeVerifier
{
    /// <summary>Largest envelope, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const string Remedy = "Sign the bundle with 'alga-ext sign'.";

    /// <summary>Verifies an envelope with the trust bundle alone. What it states must still be compared with the bundle: <see cref="StatementCheck"/>.</summary>
    /// <param name="envelopeJson">The envelope's bytes.</param>
    /// <param name="trust">The keys to trust, and for whom.</param>
    /// <param name="at">The time at which keys must be valid.</param>
    public static Outcome<BundleStatement> Verify(ReadOnlySpan<byte> envelopeJson, TrustBundle trust, DateTimeOffset at) =>
        Verify(envelopeJson, trust, KeyRegister.None, at).TryGet(out var signed, out var refusal) ? signed.Statement : refusal;

    /// <summary>Verifies an envelope with the trust bundle and the keys that the registry holds.</summary>
    /// <param name="envelopeJson">The envelope's bytes.</param>
    /// <param name="trust">The keys to trust, and for whom.</param>
    /// <param name="register">Keys of one publisher at the registry; from its database there, from the signed index elsewhere.</param>
    /// <param name="at">The time at which keys must be valid: of acceptance, or now while it is being accepted.</param>
    public static Outcome<SignedStatement> Verify(ReadOnlySpan<byte> envelopeJson, TrustBundle trust, KeyRegister register, DateTimeOffset at)
    {
        if (!OpenedEnvelope.Open(envelopeJson, BundleStatement.PayloadType, MaxBytes, Remedy).TryGet(out var envelope, out var malformed)) return malformed;
        var signers = SignerSearch.Find(envelope, trust, register, at, out var problem);
        if (signers.Count == 0) return problem;
        if (envelope.Parse(SigningJson.Default.BundleStatement) is not { } statement || !IsCurrent(statement))
            return SigningRefusal.Of($"The signed statement is not of the form of schema {BundleStatement.CurrentSchema}. Sign the bundle with a current 'alga-ext'.");
        return Choose(signers, statement.Publisher, register, at).TryGet(out var signer, out var refusal) ? new SignedStatement(statement, signer.Key.KeyId) : refusal;
    }

    // Lists of the JSON reader may hold nulls whatever the types say.
    private static bool IsCurrent(BundleStatement statement) =>
        statement.Schema == BundleStatement.CurrentSchema
        && statement.Files.All(file => file is not null)
        && statement.Capabilities.All(capability => capability is not null);

    private static Outcome<TrustedKey> Choose(IReadOnlyList<TrustedKey> signers, string publisher, KeyRegister register, DateTimeOffset at)
    {
        var named = signers.Where(signer => signer.Publishers.Contains(publisher)).ToList();
        if (named.Count == 0)
        {
            return SigningRefusal.Of(
                $"Key {signers[0].Key.KeyId} may not sign for publisher '{Printable.Of(publisher)}'. Sign with a key of that publisher, "
                + "or ask the platform's operator to add the publisher to the key's 'publishers:' line in the trust bundle.");
        }

        var valid = named.Where(signer => signer.IsValidAt(at)).ToList();
        if (valid.Count == 0)
            return SigningRefusal.Of($"The certificate of key {named[0].Key.KeyId} is not valid now. Sign with a current key, or ask the platform's operator to renew the certificate in the trust bundle.");
        Refusal? fault = null;
        foreach (var signer in valid)
        {
            if (register.FindFault(publisher, signer.Key.KeyId, at) is not { } found) return signer;
            fault = found;
        }

        return fault!;
    }
}

/// <summary>A statement and the key whose signature over it counted.</summary>
/// <param name="Statement">What was signed.</param>
/// <param name="KeyId">Who signed it.</param>
public sealed record SignedStatement(BundleStatement Statement, string KeyId);
