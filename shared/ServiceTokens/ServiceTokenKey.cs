using System.Security.Cryptography;

namespace Alga.Extensions.ServiceTokens;

/// <summary>The symmetric key that gateway and runner share.</summary>
public sealed class ServiceTokenKey
{
    /// <summary>Shortest key accepted, in bytes: the output length of HMAC-SHA-256 (RFC 7518, 3.2).</summary>
    public const int MinimumBytes = 32;

    /// <summary>Name of the key in the secret store, base64 there.</summary>
    public const string SecretName = "alga-service-token-key";

    private readonly byte[] bytes;

    /// <summary>Copies the key.</summary>
    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinimumBytes"/>.</exception>
    public ServiceTokenKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumBytes)
        {
            throw new ArgumentException($"Secret {SecretName} has {bytes.Length} bytes; it needs {MinimumBytes} or more.", nameof(bytes));
        }

        this.bytes = bytes.ToArray();
    }

    internal void Mac(ReadOnlySpan<byte> data, Span<byte> destination) => HMACSHA256.HashData(bytes, data, destination);
}
