using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Random bytes that follow from a seed: HMAC-SHA-256 of a counter. Who does not know the seed cannot tell them from real ones.</summary>
internal sealed class SeededRandom(byte[] seed)
{
    /// <summary>Length of a seed, in bytes.</summary>
    public const int SeedBytes = 32;

    private readonly byte[] block = new byte[HMACSHA256.HashSizeInBytes];
    private ulong counter;
    private int used = HMACSHA256.HashSizeInBytes;

    public void Fill(Span<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        while (bytes.Length > 0)
        {
            if (used == block.Length)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(number, counter++);
                HMACSHA256.HashData(seed, number, block);
                used = 0;
            }

            var taken = Math.Min(bytes.Length, block.Length - used);
            block.AsSpan(used, taken).CopyTo(bytes);
            used += taken;
            bytes = bytes[taken..];
        }
    }
}
