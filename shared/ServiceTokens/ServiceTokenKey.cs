using System.Security.Cryptography;

namespace Alga.Extensions.ServiceTokens;

/// <summary>The symmetric key that gateway and runner share.</summary>
public sealed class ServiceTokenKey
{
    /// <summary>Shortest key accepted, in bytes: the output length of HMAC-SHA-256 (RFC 7518, 3.2).</summary>
    public const int MinimumBytes = 32;

    /// <summary>Name of the key in the secret store, base64 there.</summary>
    public const string SecretName = "alga-service-token-key";

    // Setting up a key costs more than the MAC of a token, so each thread keeps what it set up last.
    [ThreadStatic]
    private static KeyedHash? ready;

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

    internal void Mac(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (ready?.Key != this)
        {
            ready?.Hash.Dispose();
            ready = new KeyedHash(this, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, bytes));
        }

        ready.Hash.AppendData(data);
        ready.Hash.GetHashAndReset(destination);
    }

    private sealed record KeyedHash(ServiceTokenKey Key, IncrementalHash Hash);
}
