using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Puts <see cref="TimerShim"/> in the place of WASI's timers. Waiting for one blocks the thread, and nothing but the time ends that: no
/// epoch and no deadline. The binding has no resources, so these two functions go through Wasmtime's C API
/// (<c>wasmtime/component/linker.h</c>, <c>func.h</c>); a timer is only handed on, from the shim's result to the guest's.
/// </summary>
internal static unsafe partial class TimerImports
{
    private const string Library = "wasmtime";

    // What the binding keeps to itself of objects that it gave us.
    private static readonly PropertyInfo Handle = typeof(ComponentLinkerInstance).GetProperty("NativeHandle", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException(nameof(ComponentLinkerInstance), "NativeHandle");

    private static readonly FieldInfo Function = typeof(ComponentFunction).GetField("func", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException(nameof(ComponentFunction), "func");

    /// <summary>Shadows the functions of a linker that has WASI already.</summary>
    public static void Define(ComponentLinkerInstance root)
    {
        // Written to the stack at each call: another version of the binding may have made it larger.
        if (Marshal.SizeOf(Function.FieldType) > FunctionSize) throw new InvalidOperationException($"A function of this version of the binding has {Marshal.SizeOf(Function.FieldType)} bytes, not {FunctionSize}.");
        using var clock = root.AddInstance("wasi:clocks/monotonic-clock@0.2.12");
        Define(clock, "subscribe-instant", &SubscribeToInstant);
        Define(clock, "subscribe-duration", &SubscribeToDuration);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* SubscribeToInstant(void* data, void* context, void* type, Value* arguments, nuint count, Value* results, nuint resultCount) =>
        Subscribe(context, isInstant: true, arguments, results);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* SubscribeToDuration(void* data, void* context, void* type, Value* arguments, nuint count, Value* results, nuint resultCount) =>
        Subscribe(context, isInstant: false, arguments, results);

    private static void* Subscribe(void* context, bool isInstant, Value* arguments, Value* results)
    {
        var running = RunningInvocation.Current;
        try
        {
            var (at, after) = running.Timers.Functions;
            var bounded = stackalloc Value[2] { arguments[0], new Value { Kind = ComponentValueKind.U64, Number = running.Timers.Most } };
            var function = stackalloc byte[FunctionSize];
            Marshal.StructureToPtr(Function.GetValue(isInstant ? at : after)!, (nint)function, fDeleteOld: false);
            return Call(function, context, bounded, 2, results, 1);
        }
#pragma warning disable CA1031 // Nothing may be thrown into the sandbox's native code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            running.Fault ??= exception;
            fixed (byte* text = "host call failed\0"u8) return NewError(text);
        }
    }

    private static void Define(ComponentLinkerInstance instance, string name, delegate* unmanaged[Cdecl]<void*, void*, void*, Value*, nuint, Value*, nuint, void*> function)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var handle = (SafeHandle)Handle.GetValue(instance)!;
        fixed (byte* text = bytes)
        {
            var error = AddFunction((void*)handle.DangerousGetHandle(), text, (nuint)bytes.Length, function, null, null);
            if (error is null) return;
            DeleteError(error);
            throw new InvalidOperationException($"The linker does not take {name}.");
        }
    }

    /// <summary>Bytes of <c>wasmtime_component_func_t</c>.</summary>
    private const int FunctionSize = 32;

    [LibraryImport(Library, EntryPoint = "wasmtime_component_linker_instance_add_func")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* AddFunction(void* instance, byte* name, nuint length, delegate* unmanaged[Cdecl]<void*, void*, void*, Value*, nuint, Value*, nuint, void*> function, void* data, void* finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_component_func_call")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Call(void* function, void* context, Value* arguments, nuint count, Value* results, nuint resultCount);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* NewError(byte* text);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_delete")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void DeleteError(void* error);

    /// <summary><c>wasmtime_component_val_t</c>, as far as it is read here: a kind and a number.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct Value
    {
        [FieldOffset(0)]
        public ComponentValueKind Kind;

        [FieldOffset(8)]
        public ulong Number;
    }
}
