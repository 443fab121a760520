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
internal sealed record EnvelopeSignature(string Sig, string? Keyid = null);

/// <summary>Source-generated, strict JSON of envelope and statement.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignatureEnvelope))]
[JsonSerializable(typeof(BundleStatement))]
internal sealed partial class SigningJson : JsonSerializerContext
{
}
