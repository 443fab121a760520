using System.Text;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>Makes the binary of a component that has imports and exports and nothing else.</summary>
internal static class ComponentBytes
{
    private static readonly byte[] Preamble = [0, (byte)'a', (byte)'s', (byte)'m', 0x0D, 0, 1, 0];
    private static readonly byte[] InstanceOfFirstType = [0x05, 0x00];

    public static byte[] Of(string[] imports, string[] exports) =>
    [
        .. Preamble,
        .. Section(7, [1, 0x42, 0]),
        .. imports.SelectMany(name => Section(10, [1, .. Name(name), .. InstanceOfFirstType])),
        .. Section(11, [.. Number(exports.Length), .. exports.SelectMany(name => (byte[])[.. Name(name), 0x05, 0x00, 0x00])]),
    ];

    public static byte[] WithSection(byte id, params byte[] content) => [.. Preamble, .. Section(id, content)];

    public static byte[] Name(string name) => [0x00, .. Number(Encoding.UTF8.GetByteCount(name)), .. Encoding.UTF8.GetBytes(name)];

    private static byte[] Section(byte id, byte[] content) => [id, .. Number(content.Length), .. content];

    private static byte[] Number(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
