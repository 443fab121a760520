using System.Text;
using Alga.Extensions.Bundles.Tar;
using ZstdSharp;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>Makes archives by hand, so that each test can break exactly one rule.</summary>
internal sealed class Archive
{
    public const int BlockSize = 512;

    private readonly List<byte> bytes = [];

    /// <summary>Adds an entry in canonical form, its header changed and its checksum made right again.</summary>
    public Archive Add(string path, string content = "", Action<byte[]>? change = null)
    {
        var header = new byte[BlockSize];
        TarHeader.Encode(path, content.Length, header);
        return AddRaw(header, content, change);
    }

    /// <summary>Adds an entry with any name in its header, as no canonical writer would.</summary>
    public Archive AddNamed(string name, string content = "") => Add("a", content, header =>
    {
        header.AsSpan(0, 100).Clear();
        Encoding.UTF8.GetBytes(name, header.AsSpan(0, 100));
    });

    public Archive AddBytes(params byte[] more)
    {
        bytes.AddRange(more);
        return this;
    }

    /// <summary>Ends the archive and compresses it.</summary>
    public byte[] Close(int zeroBlocks = 2) => Compress(ToTar(zeroBlocks));

    /// <summary>Ends the archive and leaves it as it is.</summary>
    public byte[] ToTar(int zeroBlocks = 2) => [.. bytes, .. new byte[zeroBlocks * BlockSize]];

    public static byte[] Compress(byte[] content)
    {
        using var compressor = new Compressor(3);
        return compressor.Wrap(content).ToArray();
    }

    public static void FixChecksum(byte[] header)
    {
        "        "u8.CopyTo(header.AsSpan(148));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
    }

    private Archive AddRaw(byte[] header, string content, Action<byte[]>? change)
    {
        if (change is not null)
        {
            change(header);
            FixChecksum(header);
        }

        bytes.AddRange(header);
        bytes.AddRange(Encoding.UTF8.GetBytes(content));
        bytes.AddRange(new byte[-content.Length & (BlockSize - 1)]);
        return this;
    }
}
