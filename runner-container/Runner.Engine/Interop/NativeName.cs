using System.Runtime.InteropServices;
using System.Text;

namespace Alga.Extensions.Runner.Engine;

/// <summary><c>wasm_name_t</c> of Wasmtime's C API (<c>wasm.h</c>): UTF-8 without an end mark.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeName(byte* bytes, nuint length)
{
    private readonly nuint length = length;
    private readonly byte* bytes = bytes;

    public ReadOnlySpan<byte> Bytes => new(bytes, checked((int)length));

    /// <summary>A name of this code's own, in memory that stays.</summary>
    public static NativeName Lasting(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var bytes = (byte*)NativeMemory.Alloc((nuint)utf8.Length);
        utf8.CopyTo(new Span<byte>(bytes, utf8.Length));
        return new NativeName(bytes, (nuint)utf8.Length);
    }

    /// <summary>Several such names.</summary>
    public static NativeName[] Lasting(params ReadOnlySpan<string> names)
    {
        var lasting = new NativeName[names.Length];
        for (var i = 0; i < lasting.Length; i++) lasting[i] = Lasting(names[i]);
        return lasting;
    }

    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
