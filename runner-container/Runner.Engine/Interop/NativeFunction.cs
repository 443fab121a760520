using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Engine;

/// <summary><c>wasmtime_component_func_t</c> of Wasmtime's C API: of one store, and gone with it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct NativeFunction;
