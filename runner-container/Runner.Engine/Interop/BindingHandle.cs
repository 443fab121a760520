using System.Reflection;
using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Pointers behind objects of the binding, for what has to go past it to Wasmtime's C API (<see cref="WasmtimeApi"/>). The binding keeps them to itself.
/// </summary>
internal static class BindingHandle
{
    /// <summary>The pointer of an engine, component, linker or the like; good for as long as the object is.</summary>
    /// <exception cref="MissingMemberException">This version of the binding keeps it in another way.</exception>
    public static nint Of(object owner)
    {
        var property = owner.GetType().GetProperty("NativeHandle", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new MissingMemberException(owner.GetType().Name, "NativeHandle");
        return ((SafeHandle)property.GetValue(owner)!).DangerousGetHandle();
    }
}
