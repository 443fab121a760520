using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Engine;

/// <summary><c>wasmtime_component_valrecord_entry_t</c> of Wasmtime's C API: a field of a record.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeField(NativeName name, NativeValue value)
{
    private readonly NativeName name = name;

    public NativeValue Value { get; } = value;

    public override string ToString() => name.ToString();
}
