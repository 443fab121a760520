using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// An envelope whose form is right and of whose signatures nothing is known yet. The payload that it gives is decoded once,
/// so what is parsed later is byte for byte what was verified.
/// </summary>
internal sealed class OpenedEnvelope
{
    private const int MaxSignatures = 8;

    private OpenedEnvelope(IReadOnlyList<EnvelopeSignature> signatures, byte[] payload, byte[] signedBytes)
    {
        Signatures = signatures;
        Payload = payload;
        SignedBytes = signedBytes;
    }

    public IReadOnlyList<EnvelopeSignature> Signatures { get; }

    public byte[] Payload { get; }

    /// <summary>What each signature covers: the pre-authentication encoding.</summary>
    public byte[] SignedBytes { get; }

    /// <summary>Opens an envelope.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="payloadType">The only payload type that is wanted.</param>
    /// <param name="maxBytes">Largest envelope, in bytes.</param>
    /// <param name="remedy">What the reader of a refusal can do, as a sentence.</param>
    public static Outcome<OpenedEnvelope> Open(ReadOnlySpan<byte> json, string payloadType, int maxBytes, string remedy)
    {
        if (json.Length > maxBytes) return SigningRefusal.Of($"The signature envelope has more than {maxBytes} bytes. {remedy}");
        if (TryParse(json, SigningJson.Default.SignatureEnvelope) is not { } envelope || !IsWhole(envelope))
            return SigningRefusal.Of($"The signature is not a DSSE envelope in its documented form. {remedy}");
        if (envelope.PayloadType != payloadType)
            return SigningRefusal.Of($"The envelope's payload is '{Printable.Of(envelope.PayloadType)}', not {payloadType}. {remedy}");
        if (envelope.Signatures.Count is 0 or > MaxSignatures)
            return SigningRefusal.Of($"The envelope has {envelope.Signatures.Count} signatures; it needs 1 to {MaxSignatures}. {remedy}");
        if (Base64.DecodeEither(envelope.Payload) is not { } payload)
            return SigningRefusal.Of($"The envelope's payload is not valid base64. {remedy}");
        return new OpenedEnvelope(envelope.Signatures, payload, Dsse.PreAuthenticationEncoding(payloadType, payload));
    }

    /// <summary>Whether a signature is a key's. The key id is a hint: it can rule a key out, never in.</summary>
    public bool IsSignedBy(EnvelopeSignature signature, VerificationKey key) =>
        (signature.Keyid is null || signature.Keyid == key.KeyId)
        && Base64.DecodeEither(signature.Sig) is { } bytes
        && key.Verify(SignedBytes, bytes);

    /// <summary>The payload as a record; null when it is not strictly of its form.</summary>
    public T? Parse<T>(JsonTypeInfo<T> type)
        where T : class => TryParse(Payload, type);

    // Lists of the JSON reader may hold nulls whatever the types say.
    private static bool IsWhole(SignatureEnvelope envelope) =>
        envelope.Signatures.All(signature => signature is not null && signature.X5c?.All(certificate => certificate is not null) != false);

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
