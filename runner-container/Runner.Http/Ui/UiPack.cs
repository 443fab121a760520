using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// A user interface as one file on disk, with the MAC of this platform over its bundle's hash and every byte: what was changed, cut or
/// put in the place of another is not opened.
/// </summary>
/// <remarks>8 bytes <c>algaui</c> 0 1, the MAC (32), then what <see cref="BinaryWriter"/> writes: names, and each asset with its forms.</remarks>
internal static class UiPack
{
    private const int MacAt = 8;
    private const int BodyAt = MacAt + HMACSHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "algaui\0\u0001"u8;

    public static byte[] Seal(ContentHash hash, byte[] key, UiBundle bundle)
    {
        using var memory = new MemoryStream((int)bundle.Bytes + BodyAt);
        memory.Write(Magic);
        memory.Write(new byte[HMACSHA256.HashSizeInBytes]);
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(bundle.Extension);
            writer.Write(bundle.Version);
            writer.Write(bundle.Entry);
            writer.Write(bundle.Assets.Count);
            foreach (var (path, asset) in bundle.Assets)
            {
                writer.Write(path);
                writer.Write(asset.MediaType);
                writer.Write(asset.Sha256);
                WriteContent(writer, asset.Plain);
                WriteContent(writer, asset.Brotli);
                WriteContent(writer, asset.Gzip);
            }
        }

        var file = memory.ToArray();
        Mac(hash, key, file).CopyTo(file.AsSpan(MacAt));
        return file;
    }

    /// <summary>Opens a file; false when it is not exactly what was sealed for this hash with this key. Keeps <paramref name="file"/>.</summary>
    public static bool TryOpen(ContentHash hash, byte[] key, byte[] file, [NotNullWhen(true)] out UiBundle? bundle)
    {
        bundle = null;
        if (file.Length < BodyAt || !file.AsSpan().StartsWith(Magic)) return false;
        if (!CryptographicOperations.FixedTimeEquals(file.AsSpan(MacAt, HMACSHA256.HashSizeInBytes), Mac(hash, key, file))) return false;
        // Whoever has the key wrote the rest.
        using var stream = new MemoryStream(file, BodyAt, file.Length - BodyAt);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var (extension, version, entry, count) = (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        var assets = new Dictionary<string, UiAsset>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var (path, mediaType, sha256) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
            var plain = ReadContent(reader, file) ?? throw new InvalidDataException("A sealed asset has no content.");
            assets.Add(path, new UiAsset(
                mediaType, sha256, UiCompression.Variant(null, plain, sha256), Variant("br", ReadContent(reader, file), sha256), Variant("gzip", ReadContent(reader, file), sha256)));
        }

        bundle = new UiBundle(extension, version, entry, assets.ToFrozenDictionary(StringComparer.Ordinal));
        return true;
    }

    private static UiVariant? Variant(string encoding, ReadOnlyMemory<byte>? content, string sha256) =>
        content is { } bytes ? UiCompression.Variant(encoding, bytes, sha256) : null;

    // One more than the length, so that an empty file and none are two things.
    private static void WriteContent(BinaryWriter writer, UiVariant? variant)
    {
        writer.Write(variant is null ? 0 : variant.Content.Length + 1);
        if (variant is not null) writer.Write(variant.Content.Span);
    }

    private static ReadOnlyMemory<byte>? ReadContent(BinaryReader reader, byte[] file)
    {
        var length = reader.ReadInt32() - 1;
        if (length < 0) return null;
        var content = file.AsMemory(BodyAt + (int)reader.BaseStream.Position, length);
        reader.BaseStream.Position += length;
        return content;
    }

    private static byte[] Mac(ContentHash hash, byte[] key, ReadOnlySpan<byte> file)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData("alga user interface\n"u8);
        // Fixed in length, so nothing can move between it and what follows.
        mac.AppendData(Encoding.ASCII.GetBytes(hash.Hex));
        mac.AppendData(file[..MacAt]);
        mac.AppendData(file[BodyAt..]);
        return mac.GetHashAndReset();
    }
}
