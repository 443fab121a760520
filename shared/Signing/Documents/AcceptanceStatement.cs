using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// What a registry counter-signs: that it accepted this bundle with this very envelope of its publisher, and when. The time
/// decides which keys counted; a key that was compromised later leaves what was accepted before in order.
/// </summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Registry">Name of the registry.</param>
/// <param name="Publisher">Name of the publisher.</param>
/// <param name="Extension">Name of the extension.</param>
/// <param name="Version">SemVer 2 version.</param>
/// <param name="Bundle">The bundle as a whole.</param>
/// <param name="EnvelopeSha256">SHA-256 of the publisher's envelope, 64 lower-case hex digits.</param>
/// <param name="PublisherKeyId">The publisher's key whose signature counted.</param>
/// <param name="AcceptedAt">When; UTC, whole milliseconds.</param>
public sealed record AcceptanceStatement(
    string Schema,
    string Registry,
    string Publisher,
    string Extension,
    string Version,
    SignedBundle Bundle,
    string EnvelopeSha256,
    string PublisherKeyId,
    [property: JsonConverter(typeof(UtcTimeConverter))] DateTimeOffset AcceptedAt)
{
    /// <summary>Version of this form.</summary>
    public const string CurrentSchema = "alga-acceptance-statement-1";

    /// <summary>Type of the payload in an envelope.</summary>
    public const string PayloadType = "application/vnd.alga.acceptance-statement+json";

    /// <summary>Largest envelope, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The acceptance of what a publisher signed.</summary>
    /// <param name="signed">The publisher's statement and key.</param>
    /// <param name="envelope">The publisher's envelope, byte for byte as it is stored.</param>
    /// <param name="at">When; what is finer than a millisecond is cut off.</param>
    public static AcceptanceStatement Of(SignedStatement signed, ReadOnlySpan<byte> envelope, DateTimeOffset at)
    {
        var statement = signed.Statement;
        return new(
            CurrentSchema, statement.Registry, statement.Publisher, statement.Extension, statement.Version, statement.Bundle,
            ContentHash.Of(envelope).Hex, signed.KeyId, UtcTimeConverter.Cut(at));
    }

    /// <summary>Refuses when it is not for this statement, envelope and key, naming the first field that differs.</summary>
    public Refusal? FindDifference(SignedStatement signed, ReadOnlySpan<byte> envelope)
    {
        var actual = Of(signed, envelope, AcceptedAt);
        if (Registry != actual.Registry) return Refuse("registry");
        if (Publisher != actual.Publisher) return Refuse("publisher");
        if (Extension != actual.Extension) return Refuse("extension");
        if (Version != actual.Version) return Refuse("version");
        if (Bundle.Sha256 != actual.Bundle.Sha256) return Refuse("bundle.sha256");
        if (Bundle.SizeBytes != actual.Bundle.SizeBytes) return Refuse("bundle.sizeBytes");
        if (EnvelopeSha256 != actual.EnvelopeSha256) return Refuse("envelopeSha256");
        return PublisherKeyId == actual.PublisherKeyId ? null : Refuse("publisherKeyId");
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SigningJson.Default.AcceptanceStatement);

    private static Refusal Refuse(string field) =>
        SigningRefusal.Of($"The registry's counter-signature is for another {field} than the publisher's signature. The version must be published again.");
}
