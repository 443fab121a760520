using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Puts <see cref="TimerShim"/> in the place of WASI's timers. Waiting for one blocks the thread, and nothing but the time ends that: no
/// epoch and no deadline. A timer is a resource, which is only handed on, from the shim's result to the guest's.
/// </summary>
internal static unsafe class TimerImports
{
    /// <summary>Shadows the functions of a linker that has WASI already.</summary>
    public static void Define(ComponentLinkerInstance root)
    {
        using var clock = root.AddInstance("wasi:clocks/monotonic-clock@0.2.12");
        LinkerFunction.Add(clock, "subscribe-instant", &SubscribeToInstant, null);
        LinkerFunction.Add(clock, "subscribe-duration", &SubscribeToDuration, null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* SubscribeToInstant(void* data, void* context, void* type, NativeValue* arguments, nuint count, NativeValue* results, nuint resultCount) =>
        Subscribe(context, isInstant: true, new(arguments, (int)count), results, resultCount);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* SubscribeToDuration(void* data, void* context, void* type, NativeValue* arguments, nuint count, NativeValue* results, nuint resultCount) =>
        Subscribe(context, isInstant: false, new(arguments, (int)count), results, resultCount);

    private static void* Subscribe(void* context, bool isInstant, ReadOnlySpan<NativeValue> arguments, NativeValue* results, nuint resultCount)
    {
        try
        {
            if (arguments.Length != 1 || resultCount != 1) throw AbiException.OtherTypes();
            var timers = RunningInvocation.Current.Timers;
            var bounded = stackalloc NativeValue[2] { NativeValue.U64(arguments[0].AsU64()), NativeValue.U64(timers.Most) };
            var (at, after) = timers.Functions;
            return WasmtimeApi.Call(isInstant ? at : after, context, bounded, 2, results, 1);
        }
#pragma warning disable CA1031 // Nothing may be thrown into the sandbox's native code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return LinkerFunction.Fail(exception);
        }
    }
}
