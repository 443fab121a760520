using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// What a publisher signs: everything that tells one published bundle from another. The same record is made from a bundle and
/// its manifest, by the publisher to sign it and by everybody else to compare; see <see cref="StatementCheck"/>.
/// </summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Registry">Name of the registry that it is meant for, so that it is of no use at another.</param>
/// <param name="Publisher">Name of the publisher.</param>
/// <param name="Extension">Name of the extension.</param>
/// <param name="Version">SemVer 2 version.</param>
/// <param name="Bundle">The bundle as a whole.</param>
/// <param name="Files">Its files, in archive order.</param>
/// <param name="Capabilities">What the manifest asks for, in its order.</param>
public sealed record BundleStatement(
    string Schema,
    string Registry,
    string Publisher,
    string Extension,
    string Version,
    SignedBundle Bundle,
    IReadOnlyList<SignedFile> Files,
    IReadOnlyList<string> Capabilities)
{
    /// <summary>Version of this form.</summary>
    public const string CurrentSchema = "alga-bundle-statement-1";

    /// <summary>Type of the payload in an envelope.</summary>
    public const string PayloadType = "application/vnd.alga.bundle-statement+json";

    /// <summary>Name of the registry when nothing else is configured.</summary>
    public const string DefaultRegistry = "alga-extensions";

    /// <summary>The statement of the current schema.</summary>
    public static BundleStatement Of(
        string registry,
        string publisher,
        string extension,
        string version,
        ContentHash hash,
        long sizeBytes,
        IReadOnlyList<SignedFile> files,
        IReadOnlyList<string> capabilities) =>
        new(CurrentSchema, registry, publisher, extension, version, new(hash.Hex, sizeBytes), files, capabilities);

    /// <summary>The bytes to sign.</summary>
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SigningJson.Default.BundleStatement);
}

/// <summary>A bundle in a statement.</summary>
/// <param name="Sha256">SHA-256 of the stored bytes, 64 lower-case hex digits.</param>
/// <param name="SizeBytes">Number of stored bytes.</param>
public sealed record SignedBundle(string Sha256, long SizeBytes);

/// <summary>A file in a statement.</summary>
/// <param name="Path">Name in the bundle.</param>
/// <param name="Sha256">SHA-256 of the content, 64 lower-case hex digits.</param>
public sealed record SignedFile(string Path, string Sha256);
