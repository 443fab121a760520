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

/// <summary>Values of installs' secrets, as <see cref="SealedBytes"/>.</summary>
public static class SecretSeal
{
    /// <summary>Length of a key, in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Encrypts a value.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, SecretBinding binding, string value)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        try
        {
            return SealedBytes.Seal(key, binding.ToBytes(), plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Decrypts a value; null when it was sealed for something else, with another key, or was changed since.</summary>
    public static string? Open(ReadOnlySpan<byte> key, SecretBinding binding, ReadOnlySpan<byte> @sealed)
    {
        if (SealedBytes.Open(key, binding.ToBytes(), @sealed) is not { } plain) return null;
        try
        {
            return Encoding.UTF8.GetString(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
