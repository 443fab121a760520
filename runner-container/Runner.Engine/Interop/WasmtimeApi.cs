using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// What each request needs of Wasmtime's C API (<c>wasmtime.h</c> of the version of the binding), past the binding: that makes objects by the dozen for a call, and one for
/// each byte of a binary body. Compiling, linking and host functions are the binding's.
/// </summary>
internal static unsafe partial class WasmtimeApi
{
    public const string Library = "wasmtime";

    [LibraryImport(Library, EntryPoint = "wasmtime_store_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* NewStore(nint engine, void* data, void* finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_delete")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DeleteStore(void* store);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_context")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* Context(void* store);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_limiter")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Limit(void* store, long memoryBytes, long tableElements, long instances, long tables, long memories);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_epoch_deadline_callback")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void AtEpochDeadline(void* store, delegate* unmanaged[Cdecl]<void*, void*, ulong*, byte*, void*> callback, void* data, void* finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_set_epoch_deadline")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void SetEpochDeadline(void* context, ulong ticksBeyondCurrent);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_set_fuel")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* SetFuel(void* context, ulong fuel);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_get_fuel")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* GetFuel(void* context, out ulong fuel);

    [LibraryImport(Library, EntryPoint = "wasi_config_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* NewWasi();

    /// <summary>Takes the configuration.</summary>
    [LibraryImport(Library, EntryPoint = "wasmtime_context_set_wasi")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* SetWasi(void* context, void* wasi);

    [LibraryImport(Library, EntryPoint = "wasmtime_component_linker_instantiate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* Instantiate(nint linker, void* context, nint component, out NativeInstance instance);

    [LibraryImport(Library, EntryPoint = "wasmtime_component_instance_get_func")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool GetFunction(in NativeInstance instance, void* context, nint export, out NativeFunction function);

    /// <summary>Copies the arguments. The results must be values before, which it drops, and are the caller's to delete when there is no error.</summary>
    [LibraryImport(Library, EntryPoint = "wasmtime_component_func_call")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* Call(in NativeFunction function, void* context, NativeValue* arguments, nuint count, NativeValue* results, nuint resultCount);

    [LibraryImport(Library, EntryPoint = "wasmtime_component_val_delete")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DeleteValue(NativeValue* value);

    /// <summary>Copies a value into Wasmtime's own memory, without a look at what was in its place.</summary>
    [LibraryImport(Library, EntryPoint = "wasmtime_component_val_clone")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void CloneValue(NativeValue* value, NativeValue* copy);

    [LibraryImport(Library, EntryPoint = "wasmtime_component_linker_instance_add_func")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* AddFunction(
        nint instance, byte* name, nuint length, delegate* unmanaged[Cdecl]<void*, void*, void*, NativeValue*, nuint, NativeValue*, nuint, void*> callback, void* data, void* finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_new", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void* NewError(string text);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_message")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void GetMessage(void* error, out NativeName message);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_delete")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DeleteError(void* error);

    [LibraryImport(Library, EntryPoint = "wasm_byte_vec_delete")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DeleteName(in NativeName name);
}
