using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// Verifies envelopes and fails closed. The statement it returns is parsed from the very bytes whose signature was verified,
/// by a key that may sign for the statement's publisher at the given time.
/// </summary>
public static class EnvelopeVerifier
{
    /// <summary>Largest envelope, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxSignatures = 8;

    /// <summary>Verifies an envelope. What it states must still be compared with the bundle: <see cref="StatementCheck"/>.</summary>
    /// <param name="envelopeJson">The envelope's bytes.</param>
    /// <param name="trust">The keys to trust, and for whom.</param>
    /// <param name="now">The time at which keys must be valid.</param>
    public static Outcome<BundleStatement> Verify(ReadOnlySpan<byte> envelopeJson, TrustBundle trust, DateTimeOffset now)
    {
        if (envelopeJson.Length > MaxBytes) return SigningRefusal.Of($"The signature envelope has more than {MaxBytes} bytes. Sign the bundle again.");
        if (TryParse(envelopeJson, SigningJson.Default.SignatureEnvelope) is not { } envelope || envelope.Signatures.Any(signature => signature is null))
            return SigningRefusal.Of("The signature is not a DSSE envelope in its documented form. Sign the bundle with 'alga-ext sign'.");
        if (envelope.PayloadType != BundleStatement.PayloadType)
            return SigningRefusal.Of($"The envelope's payload is '{Printable.Of(envelope.PayloadType)}', not {BundleStatement.PayloadType}. Sign the bundle with 'alga-ext sign'.");
        if (envelope.Signatures.Count is 0 or > MaxSignatures)
            return SigningRefusal.Of($"The envelope has {envelope.Signatures.Count} signatures; it needs 1 to {MaxSignatures}. Sign the bundle with 'alga-ext sign'.");
        if (Base64.DecodeEither(envelope.Payload) is not { } payload)
            return SigningRefusal.Of("The envelope's payload is not valid base64. Sign the bundle again.");

        var signers = FindSigners(envelope, payload, trust);
        if (signers.Count == 0) return Unsigned(envelope, trust);
        if (TryParse(payload, SigningJson.Default.BundleStatement) is not { } statement || !IsCurrent(statement))
            return SigningRefusal.Of($"The signed statement is not of the form of schema {BundleStatement.CurrentSchema}. Sign the bundle with a current 'alga-ext'.");
        return RefuseSigners(signers, statement.Publisher, now) is { } refusal ? refusal : statement;
    }

    // Lists of the JSON reader may hold nulls whatever the types say.
    private static bool IsCurrent(BundleStatement statement) =>
        statement.Schema == BundleStatement.CurrentSchema
        && statement.Files.All(file => file is not null)
        && statement.Capabilities.All(capability => capability is not null);

    private static List<TrustedKey> FindSigners(SignatureEnvelope envelope, byte[] payload, TrustBundle trust)
    {
        var signed = Dsse.PreAuthenticationEncoding(envelope.PayloadType, payload);
        var signers = new List<TrustedKey>();
        foreach (var signature in envelope.Signatures)
        {
            if (Base64.DecodeEither(signature.Sig) is not { } bytes) continue;
            signers.AddRange(trust.Keys.Where(trusted =>
                (signature.Keyid is null || signature.Keyid == trusted.Key.KeyId) && trusted.Key.Verify(signed, bytes)));
        }

        return signers;
    }

    private static Refusal? RefuseSigners(List<TrustedKey> signers, string publisher, DateTimeOffset now)
    {
        var named = signers.Where(signer => signer.Publishers.Contains(publisher)).ToList();
        if (named.Count == 0)
        {
            return SigningRefusal.Of(
                $"Key {signers[0].Key.KeyId} may not sign for publisher '{Printable.Of(publisher)}'. Sign with a key of that publisher, "
                + "or ask the platform's operator to add the publisher to the key's 'publishers:' line in the trust bundle.");
        }

        return named.Any(signer => signer.IsValidAt(now))
            ? null
            : SigningRefusal.Of($"The certificate of key {named[0].Key.KeyId} is not valid now. Sign with a current key, or ask the platform's operator to renew the certificate in the trust bundle.");
    }

    private static Refusal Unsigned(SignatureEnvelope envelope, TrustBundle trust)
    {
        var hints = envelope.Signatures.Select(signature => signature.Keyid).OfType<string>().ToList();
        return hints.Exists(hint => trust.Keys.Any(trusted => trusted.Key.KeyId == hint))
            ? SigningRefusal.Of("The signature does not verify: the statement or the signature was altered after signing. The publisher must sign the bundle again.")
            : SigningRefusal.Of(
                $"No trusted key signed this bundle{(hints.Count == 0 ? "" : $"; the envelope names key '{Printable.Of(hints[0])}'")}. "
                + "Sign with a trusted key, or ask the platform's operator to add the publisher's public key to the trust bundle.");
    }

    private static T? TryParse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
