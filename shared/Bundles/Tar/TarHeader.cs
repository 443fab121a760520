using System.Text;

namespace Alga.Extensions.Bundles.Tar;

/// <summary>
/// The one ustar header that a path and a size have in the canonical profile: a regular file, mode 0644, times and owners zero.
/// Reading checks by writing: a header is accepted when it is, byte for byte, the one this class would write.
/// </summary>
internal static class TarHeader
{
    public const int Size = 512;

    private static readonly (int Offset, int Length, string Name)[] Fields =
    [
        (0, 100, "name"), (100, 8, "mode (0644)"), (108, 8, "owner id (0)"), (116, 8, "group id (0)"), (124, 12, "size"),
        (136, 12, "time (0)"), (148, 8, "checksum"), (156, 1, "type (a regular file)"), (157, 100, "link name (none)"),
        (257, 8, "magic (ustar)"), (265, 32, "owner name (none)"), (297, 32, "group name (none)"), (329, 16, "device (0)"),
        (345, 155, "name prefix"), (500, 12, "padding (zero)"),
    ];

    /// <summary>Writes the header of a path that <see cref="BundlePath"/> accepts.</summary>
    public static void Encode(string path, long size, Span<byte> block)
    {
        block[..Size].Clear();
        var split = TarName.FindSplit(path);
        Encoding.ASCII.GetBytes(path.AsSpan(split == 0 ? 0 : split + 1), block);
        "0000644\0"u8.CopyTo(block[100..]);
        "0000000\0"u8.CopyTo(block[108..]);
        "0000000\0"u8.CopyTo(block[116..]);
        WriteOctal(size, block.Slice(124, 11));
        "00000000000\0"u8.CopyTo(block[136..]);
        "        "u8.CopyTo(block[148..]);
        block[156] = (byte)'0';
        "ustar\000"u8.CopyTo(block[257..]);
        "0000000\0"u8.CopyTo(block[329..]);
        "0000000\0"u8.CopyTo(block[337..]);
        Encoding.ASCII.GetBytes(path.AsSpan(0, split), block[345..]);

        var sum = 0;
        foreach (var value in block[..Size]) sum += value;
        WriteOctal(sum, block.Slice(148, 6));
        block[154] = 0;
    }

    /// <summary>Reads a header. On false, <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> block, out string path, out long size, out string fault)
    {
        path = ReadPath(block);
        size = 0;
        if (BundlePath.FindFault(path) is { } nameFault)
        {
            fault = nameFault;
            return false;
        }

        if (!TryReadOctal(block.Slice(124, 11), out size))
        {
            fault = "the header's size is not eleven octal digits";
            return false;
        }

        Span<byte> canonical = stackalloc byte[Size];
        Encode(path, size, canonical);
        var same = canonical.SequenceEqual(block[..Size]);
        fault = same ? "" : $"the header's {FirstDifference(block, canonical)} is not in its canonical form";
        return same;
    }

    private static string FirstDifference(ReadOnlySpan<byte> block, ReadOnlySpan<byte> canonical)
    {
        foreach (var (offset, length, name) in Fields)
        {
            // Any other difference also changes the checksum: it is named only when it is the sole fault.
            if (name != "checksum" && !block.Slice(offset, length).SequenceEqual(canonical.Slice(offset, length))) return name;
        }

        return "checksum";
    }

    private static string ReadPath(ReadOnlySpan<byte> block)
    {
        var name = UntilNul(block[..TarName.NameLength]);
        var prefix = UntilNul(block.Slice(345, TarName.PrefixLength));

        // Latin-1 keeps each byte apart, so that a byte outside ASCII is refused as the character it is.
        return prefix.IsEmpty ? Encoding.Latin1.GetString(name) : $"{Encoding.Latin1.GetString(prefix)}/{Encoding.Latin1.GetString(name)}";
    }

    private static ReadOnlySpan<byte> UntilNul(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static bool TryReadOctal(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7') return false;
            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    private static void WriteOctal(long value, Span<byte> digits)
    {
        for (var index = digits.Length - 1; index >= 0; index--, value >>= 3) digits[index] = (byte)('0' + (value & 7));
    }
}
