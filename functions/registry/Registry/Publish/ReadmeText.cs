using System.Text;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Which README a version is shown with: UTF-8 text of a bounded size. Any other is part of the bundle and shown nowhere.</summary>
internal static class ReadmeText
{
    /// <summary>Largest one, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null when the bytes are none: not UTF-8, with a NUL, which PostgreSQL has no place for, or blank.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.Contains('\0') || string.IsNullOrWhiteSpace(text) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
