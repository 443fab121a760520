using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// Proof that whoever adds a key holds its private half: a statement, signed with that key, that names publisher, registry and
/// the time, so that it is of no use elsewhere or later.
/// </summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Registry">Name of the registry.</param>
/// <param name="Publisher">Whose key it becomes.</param>
/// <param name="KeyId">The key.</param>
/// <param name="IssuedAt">When it was made.</param>
public sealed record KeyProof(
    string Schema, string Registry, string Publisher, string KeyId, [property: JsonConverter(typeof(UtcTimeConverter))] DateTimeOffset IssuedAt)
{
    /// <summary>Version of this form.</summary>
    public const string CurrentSchema = "alga-key-proof-1";

    /// <summary>Type of the payload in an envelope.</summary>
    public const string PayloadType = "application/vnd.alga.key-proof+json";

    /// <summary>Largest envelope, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>How far its time may be from the registry's, in either direction.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    private const string Remedy = "Make a new proof with 'alga-ext keys add'.";

    /// <summary>The statement of the current schema.</summary>
    public static KeyProof Of(string registry, string publisher, VerificationKey key, DateTimeOffset now) =>
        new(CurrentSchema, registry, publisher, key.KeyId, UtcTimeConverter.Cut(now));

    /// <summary>Refuses unless the envelope is this key's own, for this registry and publisher, and fresh; null when it is.</summary>
    public static Refusal? FindFault(ReadOnlySpan<byte> envelopeJson, string registry, string publisher, VerificationKey key, DateTimeOffset now)
    {
        if (!OpenedEnvelope.Open(envelopeJson, PayloadType, MaxBytes, Remedy).TryGet(out var envelope, out var refusal)) return refusal;
        if (!envelope.Signatures.Any(signature => envelope.IsSignedBy(signature, key))) return SigningRefusal.Of($"The proof is not signed with the key that is added. {Remedy}");
        if (envelope.Parse(SigningJson.Default.KeyProof) is not { Schema: CurrentSchema } proof) return SigningRefusal.Of($"The proof is not of the form of schema {CurrentSchema}. {Remedy}");
        if (proof.Registry != registry || proof.Publisher != publisher || proof.KeyId != key.KeyId)
            return SigningRefusal.Of($"The proof is for another registry, publisher or key. {Remedy}");
        return (now - proof.IssuedAt).Duration() <= Freshness ? null : SigningRefusal.Of($"The proof is older than {Freshness.TotalMinutes:0} minutes, or this machine's clock is wrong. {Remedy}");
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SigningJson.Default.KeyProof);
}
