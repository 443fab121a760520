using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Signing;

/// <summary>A DSSE envelope as it is written.</summary>
/// <param name="PayloadType">What the payload is.</param>
/// <param name="Payload">The signed bytes, base64.</param>
/// <param name="Signatures">At least one.</param>
internal sealed record SignatureEnvelope(string PayloadType, string Payload, IReadOnlyList<EnvelopeSignature> Signatures);

/// <summary>One signature of an envelope.</summary>
/// <param name="Sig">The signature, base64.</param>
/// <param name="Keyid">Which key made it. A hint to find the key by, and nothing more.</param>
/// <param name="X5c">
/// The key's certificate and those between it and an authority of the trust bundle, each as base64 of its DER, the key's own
/// first (the order of RFC 7515, 4.1.6). Trusted only as far as the chain verifies.
/// </param>
internal sealed record EnvelopeSignature(
    string Sig,
    string? Keyid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? X5c = null);

/// <summary>Source-generated, strict JSON of envelopes and of what is in them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignatureEnvelope))]
[JsonSerializable(typeof(BundleStatement))]
[JsonSerializable(typeof(AcceptanceStatement))]
[JsonSerializable(typeof(IndexStatement))]
[JsonSerializable(typeof(KeyProof))]
internal sealed partial class SigningJson : JsonSerializerContext
{
}
