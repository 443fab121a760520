using System.Buffers;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Runner.Http;

/// <summary>Makes the forms of a file, once: a version's files never change.</summary>
internal static class UiCompression
{
    // Below this a packet is a packet.
    private const int SmallestBytes = 1_024;
    private const int BrotliQuality = 8;
    private const int BrotliWindow = 22;

    /// <summary>A file with every form that is at least a tenth smaller than the file.</summary>
    public static UiAsset Prepare(UiFile file)
    {
        var plain = Variant(null, file.Content, file.Sha256);
        if (file.Content.Length < SmallestBytes || !IsCompressible(file.MediaType)) return new UiAsset(file.MediaType, file.Sha256, plain, null, null);
        return new UiAsset(file.MediaType, file.Sha256, plain, Smaller("br", Brotli(file.Content), file), Smaller("gzip", Gzip(file.Content), file));
    }

    /// <summary>One form; its tag is the file's hash, and the form's name where it has one.</summary>
    public static UiVariant Variant(string? encoding, ReadOnlyMemory<byte> content, string sha256) =>
        new(encoding, content, new EntityTagHeaderValue($"\"{sha256[..32]}{(encoding is null ? "" : "-" + encoding)}\""));

    private static UiVariant? Smaller(string encoding, byte[] compressed, UiFile file) =>
        compressed.Length <= file.Content.Length / 10 * 9 ? Variant(encoding, compressed, file.Sha256) : null;

    private static bool IsCompressible(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal)
        || mediaType is "application/json" or "application/xml" or "application/wasm" or "application/manifest+json" or "image/svg+xml" or "font/ttf" or "font/otf" or "image/vnd.microsoft.icon";

    private static byte[] Brotli(ReadOnlyMemory<byte> content)
    {
        var rented = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(content.Length));
        try
        {
            return BrotliEncoder.TryCompress(content.Span, rented, out var written, BrotliQuality, BrotliWindow)
                ? rented.AsSpan(0, written).ToArray()
                : throw new InvalidOperationException("The buffer is as large as Brotli asks for.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static byte[] Gzip(ReadOnlyMemory<byte> content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content.Span);
        return memory.ToArray();
    }
}
