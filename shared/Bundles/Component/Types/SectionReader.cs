namespace Alga.Extensions.Bundles.Types;

/// <summary>
/// Reads on over a fault and remembers it: what it gives from then on is zero or empty, and <see cref="Failed"/> is looked at once,
/// at the end, instead of after each of a hundred bytes.
/// </summary>
internal ref struct SectionReader(ReadOnlySpan<byte> bytes)
{
    private WasmReader reader = new(bytes);

    /// <summary>Whether something was not as it must be.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether there is nothing more to read, or no sense in it.</summary>
    public readonly bool Done => Failed || reader.AtEnd;

    /// <summary>Number of bytes that were not read yet.</summary>
    public readonly int Left => reader.Left;

    /// <summary>Something that was read makes no sense.</summary>
    public void Fail() => Failed = true;

    public byte Byte()
    {
        if (!reader.TryReadByte(out var value)) Failed = true;
        return value;
    }

    public uint Number()
    {
        if (!reader.TryReadNumber(out var value)) Failed = true;
        return value;
    }

    /// <summary>A signed LEB128 number of 33 bits, as types are referred to: an index, or a code below zero.</summary>
    public long Signed()
    {
        long value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 0x7F) << shift;
            if (part >= 0x80) continue;
            return (part & 0x40) != 0 ? value - (1L << (shift + 7)) : value;
        }

        Failed = true;
        return 0;
    }

    /// <summary>A length and so many bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        if (!reader.TryReadBytes(out var bytes)) Failed = true;
        return bytes;
    }

    public string Name()
    {
        if (!reader.TryReadName(out var name)) Failed = true;
        return name;
    }

    /// <summary>A name of an import or export: 0x00 and 0x01 both stand before a plain one.</summary>
    public string ExternName()
    {
        if (Byte() > 1) Failed = true;
        return Name();
    }

    /// <summary>Whether a member that may be left out is there.</summary>
    public bool Present()
    {
        var marker = Byte();
        if (marker > 1) Failed = true;
        return marker == 1;
    }
}
