using System.Text;

namespace Alga.Extensions.Bundles;

/// <summary>Reads the primitives of the WebAssembly binary format within the bounds of some bytes.</summary>
internal ref struct WasmReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxNameBytes = 1_024;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> left = bytes;

    public readonly bool AtEnd => left.IsEmpty;

    /// <summary>Number of bytes that were not read yet.</summary>
    public readonly int Left => left.Length;

    public bool TryReadByte(out byte value)
    {
        value = left.IsEmpty ? (byte)0 : left[0];
        if (left.IsEmpty) return false;
        left = left[1..];
        return true;
    }

    /// <summary>An unsigned LEB128 number of at most 32 bits.</summary>
    public bool TryReadNumber(out uint value)
    {
        value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (!TryReadByte(out var part) || (shift == 28 && part > 0x0F)) return false;
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80) return true;
        }

        return false;
    }

    /// <summary>A length and so many bytes.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadNumber(out var length) || length > left.Length) return false;
        bytes = left[..(int)length];
        left = left[(int)length..];
        return true;
    }

    /// <summary>A name in UTF-8.</summary>
    public bool TryReadName(out string name)
    {
        name = "";
        if (!TryReadBytes(out var bytes) || bytes.Length is 0 or > MaxNameBytes || !System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        name = StrictUtf8.GetString(bytes);
        return true;
    }
}
