using System.Security.Cryptography;

namespace Alga.Extensions.Secrets;

/// <summary>
/// Bytes encrypted with AES-256-GCM (NIST SP 800-38D): one format byte, a random nonce of 12 bytes, the tag of 16 bytes, the
/// ciphertext. A key may seal 2^32 times before nonces could meet.
/// </summary>
internal static class SealedBytes
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    /// <summary>Encrypts.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="context">What the bytes belong to; authenticated, not stored.</param>
    /// <param name="plain">The bytes.</param>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plain)
    {
        var result = new byte[HeaderBytes + plain.Length];
        result[0] = Format;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(HeaderBytes), result.AsSpan(1 + NonceBytes, TagBytes), context);
        return result;
    }

    /// <summary>Decrypts; null for another key or context, or when anything was changed.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> @sealed)
    {
        if (@sealed.Length < HeaderBytes || @sealed[0] != Format) return null;
        var plain = new byte[@sealed.Length - HeaderBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(@sealed.Slice(1, NonceBytes), @sealed[HeaderBytes..], @sealed.Slice(1 + NonceBytes, TagBytes), plain, context);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
