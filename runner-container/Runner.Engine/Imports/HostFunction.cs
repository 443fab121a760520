using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>What a host function does: reads its arguments, calls the host, and gives its result, or anything when it has none.</summary>
/// <exception cref="AbiException">The guest gave or asked for what no guest may; it ends with that.</exception>
internal delegate NativeValue HostFunctionBody(RunningInvocation running, ReadOnlySpan<NativeValue> arguments, ref ValueBuffer buffer);

/// <summary>
/// A function of a host interface; made once, and there for as long as the process is. Whatever types a component says that it has, it is linked: the number of arguments is
/// checked here, their kinds where they are read, and the result's by Wasmtime.
/// </summary>
internal sealed unsafe class HostFunction
{
    private readonly int parameters;
    private readonly HostFunctionBody body;
    private readonly void* self;

    /// <param name="name">Its WIT name.</param>
    /// <param name="parameters">How many it has.</param>
    /// <param name="body">What it does.</param>
    public HostFunction(string name, int parameters, HostFunctionBody body)
    {
        Name = name;
        this.parameters = parameters;
        this.body = body;
        self = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));
    }

    public string Name { get; }

    /// <summary>
    /// Name of the span of a call that leaves the process; a guest has no turn meanwhile. Null for those that do not: of them there may be thousands, and each takes microseconds.
    /// </summary>
    public string? Span { get; init; }

    /// <summary>Gives it to an interface of a linker.</summary>
    public void Define(ComponentLinkerInstance instance) => LinkerFunction.Add(instance, Name, &Call, self);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Call(void* data, void* context, void* type, NativeValue* arguments, nuint count, NativeValue* results, nuint resultCount)
    {
        try
        {
            var running = RunningInvocation.Current;
            var function = (HostFunction)GCHandle.FromIntPtr((nint)data).Target!;
            if (count != (nuint)function.parameters) throw AbiException.OtherTypes();
            var given = new ReadOnlySpan<NativeValue>(arguments, function.parameters);
            var result = resultCount == 0 ? null : results;
            if (function.Span is null) function.Run(running, given, result);
            else function.RunOutside(running, given, result);
            return null;
        }
#pragma warning disable CA1031 // Nothing may be thrown into the sandbox's native code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return LinkerFunction.Fail(exception);
        }
    }

    private void RunOutside(RunningInvocation running, ReadOnlySpan<NativeValue> arguments, NativeValue* result)
    {
        running.Turns?.Leave();
        try
        {
            using var activity = HostCallSpans.Start(Span!, running);
            try
            {
                Run(running, arguments, result);
                activity?.SetTag(HostCallSpans.Outcome, running.LastError ?? "ok");
            }
            catch
            {
                activity?.SetStatus(ActivityStatusCode.Error);
                throw;
            }
        }
        finally
        {
            running.Turns?.Return();
        }
    }

    // What is on the stack is written before it is read.
    [SkipLocalsInit]
    private void Run(RunningInvocation running, ReadOnlySpan<NativeValue> arguments, NativeValue* result)
    {
        var room = stackalloc long[ValueBuffer.RoomBytes / sizeof(long)];
        var buffer = new ValueBuffer((byte*)room, ValueBuffer.RoomBytes);
        try
        {
            var value = body(running, arguments, ref buffer);
            // Into Wasmtime's own memory, since it frees a result.
            if (result is not null) WasmtimeApi.CloneValue(&value, result);
        }
        finally
        {
            buffer.Dispose();
        }
    }
}
