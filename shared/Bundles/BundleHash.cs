using System.Buffers;
using System.Security.Cryptography;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Hashes stored bytes without looking into them, so that nothing is expanded before its hash is known to be right.</summary>
public static class BundleHash
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Hash and number of a stream's bytes; a refusal when there are more than <see cref="BundleLimits.MaxStoredBytes"/>.</summary>
    public static async Task<Outcome<(ContentHash Hash, long SizeBytes)>> ComputeAsync(Stream bundle, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var size = 0L;
            while (await bundle.ReadAsync(buffer, ct) is var count and > 0)
            {
                size += count;
                if (size > BundleLimits.Default.MaxStoredBytes)
                    return BundleRefusal.Of($"The bundle has more than {BundleLimits.Default.MaxStoredBytes} bytes. Leave files out or make them smaller.");
                hash.AppendData(buffer.AsSpan(0, count));
            }

            return (ContentHash.FromDigest(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
