using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Engine;

/// <summary><c>wasmtime_component_instance_t</c> of Wasmtime's C API: of one store, and gone with it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeInstance;
