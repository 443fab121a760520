using Alga.Extensions.Bundles;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Which README a version is shown with: UTF-8 text of a bounded size. Any other is part of the bundle and shown nowhere.</summary>
internal static class ReadmeText
{
    /// <summary>Largest one, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The text, or null when the bytes are none, or blank.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes) => BundleText.TryRead(bytes, out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;
}
