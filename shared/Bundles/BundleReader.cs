using System.Buffers;
using System.Security.Cryptography;
using Alga.Extensions.Bundles.Tar;
using Alga.Extensions.Bundles.Zstd;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Reads a bundle as it streams in and refuses, never repairs, whatever is not in the canonical profile: one zstd frame holding
/// a ustar archive with the headers of <see cref="TarHeader"/>, names sorted and unique, padding zero, two zero blocks, the end.
/// </summary>
public static class BundleReader
{
    private const int CopyLength = 64 * 1024;

    /// <summary>Reads a bundle within the platform's limits.</summary>
    public static Task<Outcome<BundleContents>> ReadAsync(Stream bundle, IBundleSink sink, CancellationToken ct) =>
        ReadAsync(bundle, sink, BundleLimits.Default, ct);

    /// <summary>Reads a bundle. Throws only what <paramref name="bundle"/> and the sink's streams throw, never because of the bytes.</summary>
    public static async Task<Outcome<BundleContents>> ReadAsync(Stream bundle, IBundleSink sink, BundleLimits limits, CancellationToken ct)
    {
        using var source = new ExpandedSource(bundle, limits);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyLength);
        try
        {
            var files = new List<IndexedFile>();
            var refusal = await new Pass(source, sink, new EntryRules(limits), files, buffer).RunAsync(ct);
            return refusal is null
                ? new BundleContents(source.TakeHash(), source.StoredBytes, new BundleIndex(files))
                : refusal;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>One reading; a broken rule of the frame below outranks what the archive above makes of the missing bytes.</summary>
    private sealed class Pass(ExpandedSource source, IBundleSink sink, EntryRules rules, List<IndexedFile> files, byte[] buffer)
    {
        public async Task<Refusal?> RunAsync(CancellationToken ct)
        {
            var block = buffer.AsMemory(0, TarHeader.Size);
            while (true)
            {
                if (!await source.FillAsync(block, ct)) return CutOff();
                if (!block.Span.ContainsAnyExcept((byte)0)) return await ReadEndAsync(block, ct);
                if (!TarHeader.TryDecode(block.Span, out var path, out var size, out var fault))
                    return BundleRefusal.Damaged($"Entry {files.Count + 1}: {fault}.");
                if (rules.Admit(path, size) is { } refusal) return refusal;
                if (await ReadFileAsync(path, size, ct) is { } broken) return broken;
            }
        }

        private async Task<Refusal?> ReadFileAsync(string path, long size, CancellationToken ct)
        {
            if (!sink.Open(path, size).TryGet(out var target, out var unwanted)) return unwanted;
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (target)
            {
                for (var left = size; left > 0;)
                {
                    var chunk = buffer.AsMemory(0, (int)Math.Min(left, CopyLength));
                    var count = await source.ReadAsync(chunk, ct);
                    if (count == 0) return CutOff();
                    digest.AppendData(chunk.Span[..count]);
                    await target.WriteAsync(chunk[..count], ct);
                    left -= count;
                }
            }

            var padding = buffer.AsMemory(0, (int)(-size & (TarHeader.Size - 1)));
            if (!await source.FillAsync(padding, ct)) return CutOff();
            if (padding.Span.ContainsAnyExcept((byte)0)) return BundleRefusal.Damaged($"{path}: the padding after the file is not zero.");
            files.Add(new IndexedFile(path, size, Convert.ToHexStringLower(digest.GetHashAndReset()), MediaTypes.Of(path)));
            return null;
        }

        private async Task<Refusal?> ReadEndAsync(Memory<byte> block, CancellationToken ct)
        {
            if (!await source.FillAsync(block, ct)) return CutOff();
            if (block.Span.ContainsAnyExcept((byte)0)) return BundleRefusal.Damaged("The archive goes on after one zero block; it must end with two.");
            if (await source.ReadAsync(block, ct) > 0) return BundleRefusal.Damaged("The archive goes on after its two zero blocks.");
            return source.Refusal;
        }

        private Refusal CutOff() => source.Refusal ?? BundleRefusal.Damaged("The archive ends without its two zero blocks.");
    }
}
