using System.Runtime.CompilerServices;
using Alga.Extensions.Contracts;
using Wasmtime;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Runs one request or event in a sandbox of its own: fresh store, fresh instance, one call, everything dropped.</summary>
public static class Invoker
{
    // Instances count core instances and the component's own; a store only ever holds one component.
    private const int MaxInstances = EngineConfiguration.MaxCoreInstancesPerComponent * 2;

    /// <summary>Stack that an execution thread needs, in bytes: the guest's, and several times that for host calls under it.</summary>
    public const int ThreadStackBytes = EngineConfiguration.MaxGuestStackBytes * 4;

    /// <summary>
    /// Answers with the guest's response, or with why there is none: <c>timeout</c>, <c>memory_limit</c>,
    /// <c>fuel_exhausted</c>, <c>guest_trap</c>, <c>invalid_response</c>, <c>overloaded</c> (no sandbox is free) or
    /// <c>capability_denied</c> (the guest died of a denial that it did not handle), <c>internal</c> (a host call failed) or
    /// <c>bundle_unavailable</c> (the component has no such handler; nothing ran).
    /// Blocks its thread until the guest is done. The thread needs <see cref="ThreadStackBytes"/> of stack.
    /// </summary>
    /// <param name="guest">The component.</param>
    /// <param name="call">What it is called for.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="deadline">When it has to be over.</param>
    /// <param name="host">What the platform does for it.</param>
    /// <param name="sources">Its random numbers and clocks; null for the process's own, which cost less.</param>
    /// <param name="turns">Those in which it computes; null when it computes without waiting for any.</param>
    /// <exception cref="ArgumentException">A fuel limit for a component whose engine does not meter.</exception>
    public static InvocationResult Invoke(
        GuestComponent guest, GuestCall call, InvocationLimits limits, InvocationDeadline deadline, IHostCalls host, IGuestSources? sources = null, IProcessorTurns? turns = null)
    {
        if (call.Find(guest) is not { } export) return new InvocationResult(GuestComponent.NoHandler, 0, 0, null);
        if (limits.Fuel is not null && !guest.Engine.IsMetered) throw new ArgumentException("Fuel needs a component of a metered engine.", nameof(limits));
        if (!guest.Engine.TryEnter()) return new InvocationResult(TrapMap.NoSlot, 0, 0, null);
        try
        {
            return Invoke(guest, call, export, limits, deadline, host, sources, turns);
        }
        finally
        {
            guest.Engine.Leave();
        }
    }

    private static InvocationResult Invoke(
        GuestComponent guest,
        GuestCall call,
        nint export,
        InvocationLimits limits,
        InvocationDeadline deadline,
        IHostCalls host,
        IGuestSources? sources,
        IProcessorTurns? turns)
    {
        var phase = InvocationPhase.Instantiate;
        using var store = new GuestStore(guest.Engine);
        var running = RunningInvocation.Enter(host, new GuestTimers(guest.Engine, store, deadline), sources, turns is null ? null : new GuestTurns(turns, deadline));
        // A metered guest without a limit is still counted.
        var fuel = guest.Engine.IsMetered ? limits.Fuel ?? long.MaxValue : 0;
        if (guest.Engine.IsMetered) store.Fuel = (ulong)fuel;
        long memoryBytes = 0;
        Outcome<GuestResponse> outcome;
        try
        {
            var linker = sources is null ? guest.Linker : guest.SourcedLinker;
            outcome = Run(store, linker, guest, call, export, limits, deadline, running.Turns, ref phase, out memoryBytes);
            if (running.Timers.AreOver) outcome = TrapMap.Timeout(deadline);
        }
        catch (WasmtimeException exception)
        {
            // The state comes first: text thrown through the sandbox would look like the guest's.
            outcome = running switch
            {
                { Fault: not null } => new Refusal(ErrorCode.Internal, "The platform failed while it served a call of the extension."),
                { Turns.IsOver: true } => TrapMap.Timeout(deadline),
                _ => TrapMap.Describe(exception.Message, phase, running, deadline),
            };
        }
        finally
        {
            RunningInvocation.Leave();
        }

        return new InvocationResult(outcome, guest.Engine.IsMetered ? fuel - (long)store.Fuel : 0, memoryBytes, running.Fault);
    }

    private static Outcome<GuestResponse> Run(
        GuestStore store,
        GuestLinker linker,
        GuestComponent guest,
        GuestCall call,
        nint export,
        InvocationLimits limits,
        InvocationDeadline deadline,
        GuestTurns? turns,
        ref InvocationPhase phase,
        out long memoryBytes)
    {
        memoryBytes = 0;
        store.Limit(
            limits.MemoryMb * 1024L * 1024L,
            EngineConfiguration.MaxTableElements,
            MaxInstances,
            EngineConfiguration.MaxTablesPerComponent,
            EngineConfiguration.MaxMemoriesPerComponent);
        store.SetEmptyWasi();
        if (turns is null) store.SetEpochDeadline(EpochTicker.TicksFor(deadline.Left));
        else turns.Begin(store);

        var instance = store.Instantiate(linker.Handle, guest.Handle);
        var handle = store.Find(instance, export)
            ?? throw new InvalidOperationException("The component's handle export is not a function.");
        phase = InvocationPhase.Call;
        var outcome = Call(store, handle, call);
        memoryBytes = ReadMemory(store, instance, guest);
        return outcome;
    }

    // What is on the stack is written before it is read.
    [SkipLocalsInit]
    private static unsafe Outcome<GuestResponse> Call(GuestStore store, in NativeFunction handle, GuestCall call)
    {
        var room = stackalloc long[ValueBuffer.RoomBytes / sizeof(long)];
        var buffer = new ValueBuffer((byte*)room, ValueBuffer.RoomBytes);
        NativeValue answer;
        try
        {
            answer = store.Call(handle, call.Write(ref buffer));
        }
        finally
        {
            buffer.Dispose();
        }

        try
        {
            return call.Read(answer);
        }
        finally
        {
            WasmtimeApi.DeleteValue(&answer);
        }
    }

    private static long ReadMemory(GuestStore store, in NativeInstance instance, GuestComponent guest)
    {
        if (guest.MemoryPages is not { } pages || store.Find(instance, pages) is not { } function) return 0;
        try
        {
            return store.Call(function).AsU32() * (long)PlatformExports.PageBytes;
        }
        catch (WasmtimeException)
        {
            // Its time or fuel ended just now: what was answered by then stands.
            return 0;
        }
    }
}
