using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>Signs statements.</summary>
public static class EnvelopeSigner
{
    /// <summary>Makes the envelope of a statement; a refusal when it would be larger than <see cref="EnvelopeVerifier.MaxBytes"/>.</summary>
    /// <param name="statement">What is signed.</param>
    /// <param name="key">The publisher's key.</param>
    /// <param name="chain">The key's certificate and those above it, where an authority of the trust bundle vouches for the key.</param>
    public static Outcome<byte[]> Sign(BundleStatement statement, SigningKey key, CertificateChain? chain = null)
    {
        if (chain is not null && chain.Key.KeyId != key.Public.KeyId)
            return SigningRefusal.Of("The first certificate is not this key's. Give the key's own certificate first, then those that issued it.");
        return Sign(BundleStatement.PayloadType, statement.ToJson(), key, chain);
    }

    /// <summary>Makes the counter-signature of a registry.</summary>
    public static Outcome<byte[]> Sign(AcceptanceStatement statement, SigningKey key) => Sign(AcceptanceStatement.PayloadType, statement.ToJson(), key);

    /// <summary>Makes an extension's signed index.</summary>
    public static Outcome<byte[]> Sign(IndexStatement statement, SigningKey key) =>
        Sign(IndexStatement.PayloadType, statement.ToJson(), key, null, IndexStatement.MaxBytes, "Withdraw versions that nobody uses, or register a successor of the extension.");

    /// <summary>Makes the proof that its maker holds the key.</summary>
    public static Outcome<byte[]> Sign(KeyProof proof, SigningKey key) => Sign(KeyProof.PayloadType, proof.ToJson(), key);

    internal static Outcome<byte[]> Sign(
        string payloadType, byte[] payload, SigningKey key, CertificateChain? chain = null, int maxBytes = EnvelopeVerifier.MaxBytes,
        string remedy = "Pack fewer files, or give them shorter names.")
    {
        var signature = key.Sign(Dsse.PreAuthenticationEncoding(payloadType, payload));
        var envelope = new SignatureEnvelope(payloadType, Convert.ToBase64String(payload), [new(Convert.ToBase64String(signature), key.Public.KeyId, chain?.ToBase64())]);
        var json = JsonSerializer.SerializeToUtf8Bytes(envelope, SigningJson.Default.SignatureEnvelope);
        return json.Length <= maxBytes
            ? json
            : SigningRefusal.Of($"The signature envelope would have {json.Length} bytes, more than the {maxBytes} allowed. {remedy}");
    }
}
