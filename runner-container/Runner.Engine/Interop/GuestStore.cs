using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wasmtime;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Wasmtime's store of one invocation: what is instantiated in it is gone with it. For one thread. The engine, and all that is passed to it, must live for as long as it does.
/// </summary>
internal sealed unsafe class GuestStore : IDisposable
{
    private readonly void* context;
    private void* store;

    public GuestStore(GuestEngine engine)
    {
        store = WasmtimeApi.NewStore(engine.Handle, null, null);
        context = WasmtimeApi.Context(store);
    }

    /// <summary>Instructions that are left, about. Only of a metered engine.</summary>
    public ulong Fuel
    {
        get
        {
            Check(WasmtimeApi.GetFuel(context, out var fuel));
            return fuel;
        }
        set => Check(WasmtimeApi.SetFuel(context, value));
    }

    /// <summary>Bounds what is instantiated from then on.</summary>
    public void Limit(long memoryBytes, long tableElements, long instances, long tables, long memories) =>
        WasmtimeApi.Limit(store, memoryBytes, tableElements, instances, tables, memories);

    /// <summary>WASI with nothing in it: no arguments, environment, files or standard streams. Clocks and random numbers remain.</summary>
    public void SetEmptyWasi() => Check(WasmtimeApi.SetWasi(context, WasmtimeApi.NewWasi()));

    /// <summary>Stops the guest after so many ticks, or lets <see cref="AskForTurns"/> decide.</summary>
    public void SetEpochDeadline(ulong ticks) => WasmtimeApi.SetEpochDeadline(context, ticks);

    /// <summary>Has the turns of the thread's running invocation asked at each epoch deadline when the next one is.</summary>
    public void AskForTurns() => WasmtimeApi.AtEpochDeadline(store, &NextTurn, null, null);

    /// <exception cref="WasmtimeException">It cannot be started.</exception>
    public NativeInstance Instantiate(nint linker, nint component)
    {
        Check(WasmtimeApi.Instantiate(linker, context, component, out var instance));
        return instance;
    }

    /// <summary>A function of an instance; null when the export is none.</summary>
    public NativeFunction? Find(in NativeInstance instance, nint export) =>
        WasmtimeApi.GetFunction(instance, context, export, out var function) ? function : null;

    /// <summary>Calls a function with one result, which is to be given to <see cref="WasmtimeApi.DeleteValue"/> when it was read.</summary>
    /// <param name="function">Of an instance in this store.</param>
    /// <param name="arguments">Are copied.</param>
    /// <exception cref="WasmtimeException">It did not come to its end, or has other parameters or results.</exception>
    public NativeValue Call(in NativeFunction function, params ReadOnlySpan<NativeValue> arguments)
    {
        NativeValue result = default;
        fixed (NativeValue* first = arguments) Check(WasmtimeApi.Call(function, context, first, (nuint)arguments.Length, &result, 1));
        return result;
    }

    public void Dispose()
    {
        if (store is null) return;
        WasmtimeApi.DeleteStore(store);
        store = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* NextTurn(void* context, void* data, ulong* ticks, byte* kind)
    {
        try
        {
            // Without more ticks its time is over, which the turns know.
            if (RunningInvocation.Current.Turns!.Next() is not { } next) return WasmtimeApi.NewError("stopped");
            *ticks = next;
            return null;
        }
#pragma warning disable CA1031 // Nothing may be thrown into the sandbox's native code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return LinkerFunction.Fail(exception);
        }
    }

    private static void Check(void* error)
    {
        if (error is null) return;
        WasmtimeApi.GetMessage(error, out var message);
        var text = message.ToString();
        WasmtimeApi.DeleteName(message);
        WasmtimeApi.DeleteError(error);
        throw new WasmtimeException(text);
    }
}
