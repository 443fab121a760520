using System.Buffers;
using System.Text;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>Writes the primitives of the WebAssembly binary format.</summary>
internal sealed class WasmWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public WasmWriter Byte(byte value) => Bytes([value]);

    public WasmWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        buffer.Write(bytes);
        return this;
    }

    /// <summary>An unsigned LEB128 number.</summary>
    public WasmWriter Number(int value)
    {
        var left = (uint)value;
        for (; left >= 0x80; left >>= 7) Byte((byte)(left | 0x80));
        return Byte((byte)left);
    }

    public WasmWriter Name(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return Number(bytes.Length).Bytes(bytes);
    }

    /// <summary>A section: its id, its length, what is in it.</summary>
    public WasmWriter Section(byte id, ReadOnlySpan<byte> body) => Byte(id).Number(body.Length).Bytes(body);

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
