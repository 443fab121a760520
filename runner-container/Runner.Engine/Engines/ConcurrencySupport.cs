using System.Runtime.InteropServices;
using Wasmtime;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// What Wasmtime keeps for guests that do several things at a time, by the component model's async features. The guest ABI has no use for
/// them, but by default a task is made and dropped in tables of the store at each call between host and guest: some 6 us of a request in
/// TypeScript. The binding has no such option, so it is set through Wasmtime's C API (<c>wasmtime/config.h</c>).
/// </summary>
internal static partial class ConcurrencySupport
{
    /// <summary>Leaves it out. A component that uses one of the features cannot be compiled.</summary>
    public static Config WithoutConcurrencySupport(this Config config)
    {
        Set(BindingHandle.Of(config), false);
        return config;
    }

    [LibraryImport(WasmtimeApi.Library, EntryPoint = "wasmtime_config_concurrency_support_set")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Set(nint config, [MarshalAs(UnmanagedType.U1)] bool isEnabled);
}
