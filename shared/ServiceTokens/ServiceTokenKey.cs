using System.Security.Cryptography;

namespace Alga.Extensions.ServiceTokens;

/// <summary>The symmetric key that gateway and runner share. Thread-safe.</summary>
#pragma warning disable CA1001 // A key is used until its process ends or another replaces it, and then by whoever still has it.
public sealed class ServiceTokenKey
#pragma warning restore CA1001
{
    /// <summary>Shortest key accepted, in bytes: the output length of HMAC-SHA-256 (RFC 7518, 3.2).</summary>
    public const int MinimumBytes = 32;

    /// <summary>Name of the key in the secret store, base64 there.</summary>
    public const string SecretName = "alga-service-token-key";

    // Keyed once for each thread: that is half of the work of a MAC over so little.
    private readonly ThreadLocal<IncrementalHash> mac;

    /// <summary>Copies the key.</summary>
    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinimumBytes"/>.</exception>
    public ServiceTokenKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumBytes)
        {
            throw new ArgumentException($"Secret {SecretName} has {bytes.Length} bytes; it needs {MinimumBytes} or more.", nameof(bytes));
        }

        var copy = bytes.ToArray();
        mac = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, copy));
    }

    internal void Mac(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        var keyed = mac.Value!;
        keyed.AppendData(data);
        keyed.GetHashAndReset(destination);
    }
}
