using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Alga.Extensions.BlobStorage;

/// <summary>
/// Digests of a blob's blocks, recorded when it is written, so that any part can be checked without reading the rest.
/// Blocks have 1 MiB, or the power of two above that leaves at most 64 of them: the text then fits the 2 KB of metadata that S3
/// allows. Each digest is the first 16 bytes of a block's SHA-256. Text: log2 of the block's size, the blob's size and the digests in
/// base64, with dots between them.
/// </summary>
internal sealed class BlockDigests
{
    /// <summary>Name of the metadata that holds the text; valid in every store.</summary>
    public const string MetadataName = "blocksha256";

    /// <summary>Smallest block, and that of all blobs of up to 64 MiB.</summary>
    public const int MinBlockBytes = 1 << MinLog;

    private const int MinLog = 20;
    private const int MaxLog = 26;
    private const int MaxBlocks = 64;
    private const int DigestBytes = 16;

    private readonly byte[] digests;

    private BlockDigests(int log, long totalBytes, byte[] digests)
    {
        BlockBytes = 1 << log;
        TotalBytes = totalBytes;
        this.digests = digests;
    }

    /// <summary>Size of every block but the last, in bytes.</summary>
    public int BlockBytes { get; }

    /// <summary>Size of the whole blob, in bytes.</summary>
    public long TotalBytes { get; }

    /// <summary>Reads a stream from its position to its end and goes back to that position.</summary>
    /// <exception cref="ArgumentException">There are more than 4 GiB.</exception>
    public static async Task<BlockDigests> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        var start = content.Position;
        var length = content.Length - start;
        var log = LogFor(length);
        var digests = new byte[BlockCount(length, log) * DigestBytes];
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, 1 << log) + 1);
        try
        {
            for (var at = 0; at < digests.Length; at += DigestBytes)
            {
                var block = buffer.AsMemory(0, (int)Math.Min(1 << log, content.Length - content.Position));
                await content.ReadExactlyAsync(block, cancellationToken).ConfigureAwait(false);
                Digest(block.Span, digests.AsSpan(at, DigestBytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        content.Position = start;
        return new BlockDigests(log, length, digests);
    }

    /// <summary>Reads the text, strictly.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BlockDigests? result)
    {
        result = null;
        if (text?.Split('.') is not [var logText, var sizeText, var digestText]) return false;
        if (!int.TryParse(logText, NumberStyles.None, CultureInfo.InvariantCulture, out var log) || log is < MinLog or > MaxLog) return false;
        if (!long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > (long)MaxBlocks << log) return false;
        var digests = new byte[MaxBlocks * DigestBytes];
        if (!Convert.TryFromBase64Chars(digestText, digests, out var written) || written != BlockCount(size, log) * DigestBytes) return false;
        result = new BlockDigests(log, size, digests[..written]);
        return true;
    }

    /// <summary>Whether a block holds what was written.</summary>
    /// <param name="index">Number of the block, from 0.</param>
    /// <param name="block">Its bytes.</param>
    public bool Matches(long index, ReadOnlySpan<byte> block)
    {
        Span<byte> digest = stackalloc byte[DigestBytes];
        Digest(block, digest);
        return digest.SequenceEqual(digests.AsSpan((int)index * DigestBytes, DigestBytes));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BitOperations.Log2((uint)BlockBytes)}.{TotalBytes}.{Convert.ToBase64String(digests)}");

    private static void Digest(ReadOnlySpan<byte> block, Span<byte> target)
    {
        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(block, full);
        full[..DigestBytes].CopyTo(target);
    }

    private static int LogFor(long length)
    {
        for (var log = MinLog; log <= MaxLog; log++)
        {
            if (BlockCount(length, log) <= MaxBlocks) return log;
        }

        throw new ArgumentException("A blob has at most 4 GiB.", nameof(length));
    }

    private static long BlockCount(long length, int log) => (length + (1L << log) - 1) >> log;
}
