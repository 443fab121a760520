using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// The changelog of a bundle that has one. Admins decide on upgrades by it, so one that could not be shown is refused rather than passed
/// over, by whoever packs as by the registry.
/// </summary>
public static class ChangelogFile
{
    /// <summary>Where it is in a bundle.</summary>
    public const string Path = "CHANGELOG.md";

    /// <summary>Largest one, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The refusal of a size beyond <see cref="MaxBytes"/>, else null.</summary>
    public static Refusal? FindSizeFault(long sizeBytes) => sizeBytes <= MaxBytes
        ? null
        : BundleRefusal.Of($"{Path} has {sizeBytes} bytes, more than the {MaxBytes} allowed; leave out what it says of the oldest versions.");

    /// <summary>The text, empty where there is nothing but blanks; <c>bundle_invalid</c> for bytes that are no text.</summary>
    public static Outcome<string> Read(ReadOnlySpan<byte> bytes)
    {
        if (!BundleText.TryRead(bytes, out var text)) return BundleRefusal.Of($"{Path} is not UTF-8 text; save it as UTF-8, without NUL characters.");
        return string.IsNullOrWhiteSpace(text) ? "" : text;
    }
}
