using System.Buffers;
using System.Security.Cryptography;
using Alga.Extensions.Bundles.Tar;
using Alga.Extensions.Bundles.Zstd;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Writes the one bundle that a set of files has: sorted, without times or owners, so that everybody gets the same hash.</summary>
public static class BundleWriter
{
    private const int BufferLength = 64 * 1024;

    /// <summary>
    /// Writes a bundle. Refuses what a reader would refuse; what is in <paramref name="output"/> by then is to be thrown away.
    /// Whether the compression ratio is held at every point of the stream only a reader knows, so read a new bundle back once.
    /// </summary>
    /// <param name="files">In any order.</param>
    /// <param name="output">Where the bundle goes; left open.</param>
    /// <param name="ct">Stops writing.</param>
    /// <exception cref="IOException">A file could not be read, or <paramref name="output"/> could not be written.</exception>
    public static async Task<Outcome<BundleContents>> WriteAsync(IReadOnlyList<BundleFile> files, Stream output, CancellationToken ct)
    {
        var limits = BundleLimits.Default;
        var sorted = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        if (FindFault(sorted, limits) is { } refusal) return refusal;
        var expanded = sorted.Sum(file => TarHeader.Size + Padded(file.SizeBytes)) + (2 * TarHeader.Size);
        if (expanded > limits.MaxExpandedBytes)
            return BundleRefusal.Of($"The bundle expands to {expanded} bytes, more than the {limits.MaxExpandedBytes} allowed. Leave files out.");

        using var frame = new FrameSink(output, expanded);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var indexed = new List<IndexedFile>(sorted.Count);
            foreach (var file in sorted)
            {
                if (!(await WriteFileAsync(file, frame, buffer, ct)).TryGet(out var entry, out var changed)) return changed;
                indexed.Add(entry);
            }

            Array.Clear(buffer, 0, 2 * TarHeader.Size);
            await frame.WriteAsync(buffer.AsMemory(0, 2 * TarHeader.Size), ct);
            var hash = await frame.FinishAsync(ct);
            if (frame.StoredBytes > limits.MaxStoredBytes)
                return BundleRefusal.Of($"The bundle has {frame.StoredBytes} bytes, more than the {limits.MaxStoredBytes} allowed. Leave files out.");
            return expanded > limits.MaxRatio * frame.StoredBytes
                ? BundleRefusal.Of($"The bundle expands to more than {limits.MaxRatio} times its size. Leave out files that are nearly empty space.")
                : new BundleContents(hash, frame.StoredBytes, new BundleIndex(indexed));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Refusal? FindFault(List<BundleFile> sorted, BundleLimits limits)
    {
        var rules = new EntryRules(limits);
        foreach (var file in sorted)
        {
            if (BundlePath.FindFault(file.Path) is { } fault) return BundleRefusal.Of($"{file.Path}: {fault}.");
            if (rules.Admit(file.Path, file.SizeBytes) is { } refusal) return refusal;
        }

        return null;
    }

    private static async Task<Outcome<IndexedFile>> WriteFileAsync(BundleFile file, FrameSink frame, byte[] buffer, CancellationToken ct)
    {
        TarHeader.Encode(file.Path, file.SizeBytes, buffer);
        await frame.WriteAsync(buffer.AsMemory(0, TarHeader.Size), ct);

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var content = file.Open();
        var left = file.SizeBytes;
        while (await content.ReadAsync(buffer.AsMemory(0, BufferLength), ct) is var count and > 0)
        {
            left -= count;
            if (left < 0) break;
            digest.AppendData(buffer.AsSpan(0, count));
            await frame.WriteAsync(buffer.AsMemory(0, count), ct);
        }

        if (left != 0) return BundleRefusal.Of($"{file.Path}: the file changed while it was packed. Pack again when nothing writes to it.");
        var padding = (int)(Padded(file.SizeBytes) - file.SizeBytes);
        Array.Clear(buffer, 0, padding);
        await frame.WriteAsync(buffer.AsMemory(0, padding), ct);
        return new IndexedFile(file.Path, file.SizeBytes, Convert.ToHexStringLower(digest.GetHashAndReset()), MediaTypes.Of(file.Path));
    }

    private static long Padded(long size) => (size + TarHeader.Size - 1) & ~(TarHeader.Size - 1L);
}
