namespace Alga.Extensions.Bundles;

/// <summary>
/// Bounds of a bundle. They hold while it streams: reading stops at the first byte beyond one of them.
/// 1 MB is 1,048,576 bytes throughout.
/// </summary>
public sealed record BundleLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The platform's bounds.</summary>
    public static BundleLimits Default { get; } = new();

    /// <summary>Stored (compressed) bytes; 50 MB.</summary>
    public long MaxStoredBytes { get; init; } = 50 * Megabyte;

    /// <summary>Bytes of the archive once expanded, headers and padding included; 200 MB.</summary>
    public long MaxExpandedBytes { get; init; } = 200 * Megabyte;

    /// <summary>Bytes of one file; 50 MB.</summary>
    public long MaxFileBytes { get; init; } = 50 * Megabyte;

    /// <summary>Number of files; 2,000.</summary>
    public int MaxFiles { get; init; } = 2_000;

    /// <summary>Expanded bytes for each stored byte; 100.</summary>
    public int MaxRatio { get; init; } = 100;

    /// <summary>
    /// How far expansion may run ahead of <see cref="MaxRatio"/> before the end is seen, in bytes; 8 MB.
    /// A file with a long run of zeros is fine in a bundle that keeps the ratio as a whole, which is checked at the end.
    /// </summary>
    public long RatioLead { get; init; } = 8 * Megabyte;

    /// <summary>Largest window a zstd frame may ask its reader to hold, in bytes; 8 MB.</summary>
    public long MaxWindowBytes { get; init; } = 8 * Megabyte;
}
