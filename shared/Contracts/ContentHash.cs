using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Alga.Extensions.Contracts;

/// <summary>SHA-256 of a bundle's bytes, written <c>sha256:</c> and 64 lower-case hex digits.</summary>
public readonly record struct ContentHash
{
    private const string Prefix = "sha256:";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? text;

    private ContentHash(string text) => this.text = text;

    /// <summary>The 64 hex digits alone.</summary>
    public string Hex => Digits.ToString();

    /// <summary>The same without a text of their own.</summary>
    public ReadOnlySpan<char> Digits => ToString().AsSpan(Prefix.Length);

    /// <summary>The hash of bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes) => FromDigest(SHA256.HashData(bytes));

    /// <summary>Wraps a digest of 32 bytes.</summary>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest) =>
        digest.Length == SHA256.HashSizeInBytes
            ? new(Prefix + Convert.ToHexStringLower(digest))
            : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(digest));

    /// <summary>Parses the written form; upper case and missing prefix are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentHash hash)
    {
        hash = default;
        if (text is null || text.Length != Prefix.Length + 64 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (text.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits)) return false;
        hash = new ContentHash(text);
        return true;
    }

    public override string ToString() => text ?? throw new InvalidOperationException("A default ContentHash has no value.");
}
