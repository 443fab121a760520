using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>Signs statements.</summary>
public static class EnvelopeSigner
{
    /// <summary>Makes the envelope of a statement; a refusal when it would be larger than <see cref="EnvelopeVerifier.MaxBytes"/>.</summary>
    public static Outcome<byte[]> Sign(BundleStatement statement, SigningKey key) => Sign(BundleStatement.PayloadType, statement.ToJson(), key);

    internal static Outcome<byte[]> Sign(string payloadType, byte[] payload, SigningKey key)
    {
        var signature = key.Sign(Dsse.PreAuthenticationEncoding(payloadType, payload));
        var envelope = new SignatureEnvelope(payloadType, Convert.ToBase64String(payload), [new(Convert.ToBase64String(signature), key.Public.KeyId)]);
        var json = JsonSerializer.SerializeToUtf8Bytes(envelope, SigningJson.Default.SignatureEnvelope);
        return json.Length <= EnvelopeVerifier.MaxBytes
            ? json
            : SigningRefusal.Of($"The signature envelope would have {json.Length} bytes, more than the {EnvelopeVerifier.MaxBytes} allowed. Pack fewer files, or give them shorter names.");
    }
}
