using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Alga.Extensions.Bundles;

/// <summary>Files of a bundle that people read.</summary>
public static class BundleText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; false when the bytes are none: not UTF-8, or with a NUL, which PostgreSQL has no place for.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = Strict.GetString(bytes);
            if (!text.Contains('\0')) return true;
        }
        catch (DecoderFallbackException)
        {
            // Told by the result.
        }

        text = null;
        return false;
    }
}
