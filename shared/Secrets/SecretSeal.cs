using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Alga.Extensions.Secrets;

/// <summary>What a sealed value belongs to. All of it is authenticated, so a value opens nowhere else and for no longer.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="InstallId">The install.</param>
/// <param name="Name">The secret's name in the manifest.</param>
/// <param name="Version">Counts from 1.</param>
/// <param name="CreatedAt">When it was stored; whole seconds count.</param>
/// <param name="ExpiresAt">From when it is refused, null for never; whole seconds count.</param>
public sealed record SecretBinding(Guid TenantId, Guid InstallId, string Name, long Version, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"alga-install-secret-v1\n{TenantId:D}\n{InstallId:D}\n{Name}\n{Version}\n{CreatedAt.ToUnixTimeSeconds()}\n{ExpiresAt?.ToUnixTimeSeconds()}"));
}

/// <summary>
/// Values of installs' secrets, encrypted with AES-256-GCM (NIST SP 800-38D): one format byte, a random nonce of 12 bytes,
/// the tag of 16 bytes, the ciphertext. A tenant's key may seal 2^32 values before nonces could meet.
/// </summary>
public static class SecretSeal
{
    /// <summary>Length of a key, in bytes.</summary>
    public const int KeyBytes = 32;

    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    /// <summary>Encrypts a value.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, SecretBinding binding, string value)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        var result = new byte[HeaderBytes + plain.Length];
        result[0] = Format;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(HeaderBytes), result.AsSpan(1 + NonceBytes, TagBytes), binding.ToBytes());
        CryptographicOperations.ZeroMemory(plain);
        return result;
    }

    /// <summary>Decrypts a value; null when it was sealed for something else, with another key, or was changed since.</summary>
    public static string? Open(ReadOnlySpan<byte> key, SecretBinding binding, ReadOnlySpan<byte> @sealed)
    {
        if (@sealed.Length < HeaderBytes || @sealed[0] != Format) return null;
        var plain = new byte[@sealed.Length - HeaderBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(@sealed.Slice(1, NonceBytes), @sealed[HeaderBytes..], @sealed.Slice(1 + NonceBytes, TagBytes), plain, binding.ToBytes());
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
