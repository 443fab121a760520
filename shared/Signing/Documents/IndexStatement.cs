using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Signing;

/// <summary>
/// What a registry says of one extension at one moment: which versions there are and which of them still count, and the keys of
/// its publisher. Each has a higher number than the one before, so an older one is told from a newer one (rollback), and an end, so
/// that a reader who gets no newer one notices (freeze). The idea is TUF's.
/// </summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Registry">Name of the registry.</param>
/// <param name="Publisher">Who owns the extension.</param>
/// <param name="Extension">Name of the extension.</param>
/// <param name="Number">1 to <see cref="MaxNumber"/>, growing.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="ExpiresAt">Until when it may be relied on.</param>
/// <param name="Versions">All that were ever accepted, each once.</param>
/// <param name="Keys">The publisher's keys at the registry, and restrictions on others; each once.</param>
public sealed record IndexStatement(
    string Schema,
    string Registry,
    string Publisher,
    string Extension,
    long Number,
    [property: JsonConverter(typeof(UtcTimeConverter))] DateTimeOffset IssuedAt,
    [property: JsonConverter(typeof(UtcTimeConverter))] DateTimeOffset ExpiresAt,
    IReadOnlyList<IndexedVersion> Versions,
    IReadOnlyList<IndexedKey> Keys)
{
    /// <summary>Version of this form.</summary>
    public const string CurrentSchema = "alga-extension-index-1";

    /// <summary>Type of the payload in an envelope.</summary>
    public const string PayloadType = "application/vnd.alga.extension-index+json";

    /// <summary>Largest envelope, in bytes: more than ten thousand versions.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Highest number: the largest whole number that every JSON reader keeps exactly.</summary>
    public const long MaxNumber = (1L << 53) - 1;

    /// <summary>The index of the current schema, with its times cut to milliseconds.</summary>
    public static IndexStatement Of(
        string registry, string publisher, string extension, long number, DateTimeOffset issuedAt, TimeSpan lifetime,
        IReadOnlyList<IndexedVersion> versions, IReadOnlyList<IndexedKey> keys)
    {
        var issued = UtcTimeConverter.Cut(issuedAt);
        return new(CurrentSchema, registry, publisher, extension, number, issued, issued + lifetime, versions, keys);
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SigningJson.Default.IndexStatement);

    internal bool IsWellFormed() =>
        Schema == CurrentSchema
        && Number is > 0 and <= MaxNumber
        && IssuedAt < ExpiresAt
        && Versions.All(version => version is not null && VersionState.All.Contains(version.Status))
        && Versions.DistinctBy(version => version.Version, StringComparer.Ordinal).Count() == Versions.Count
        && Keys.All(key => key is not null && key.IsWellFormed())
        && Keys.DistinctBy(key => key.KeyId, StringComparer.Ordinal).Count() == Keys.Count;
}

/// <summary>A version in an index.</summary>
/// <param name="Version">SemVer 2 version.</param>
/// <param name="Sha256">SHA-256 of the bundle, 64 lower-case hex digits.</param>
/// <param name="Status">A value of <see cref="VersionState"/>.</param>
/// <param name="KeyId">The publisher's key whose signature was accepted.</param>
/// <param name="AcceptedAt">When the registry accepted it.</param>
public sealed record IndexedVersion(
    string Version, string Sha256, string Status, string KeyId, [property: JsonConverter(typeof(UtcTimeConverter))] DateTimeOffset AcceptedAt);

/// <summary>Whether a version counts.</summary>
public static class VersionState
{
    public const string Ok = "ok";

    /// <summary>Not for new installs; what is installed runs on.</summary>
    public const string Yanked = "yanked";

    /// <summary>Never runs.</summary>
    public const string Revoked = "revoked";

    public static IReadOnlyList<string> All { get; } = [Ok, Yanked, Revoked];
}
