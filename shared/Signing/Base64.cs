namespace Alga.Extensions.Signing;

/// <summary>Base64 of which each value has one form in an alphabet: padded, without spaces, unused bits zero.</summary>
internal static class Base64
{
    /// <summary>Decodes the standard alphabet; null for anything but the canonical form.</summary>
    public static byte[]? DecodeStandard(string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count) && Convert.ToBase64String(bytes, 0, count) == text ? bytes[..count] : null;
    }

    /// <summary>Decodes the standard or the URL-safe alphabet, both of which DSSE demands of a reader, but no mixture.</summary>
    public static byte[]? DecodeEither(string text) =>
        text.AsSpan().ContainsAny('-', '_')
            ? text.AsSpan().ContainsAny('+', '/') ? null : DecodeStandard(text.Replace('-', '+').Replace('_', '/'))
            : DecodeStandard(text);
}
