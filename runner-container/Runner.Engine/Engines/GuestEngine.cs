using Alga.Extensions.Contracts;
using Wasmtime;
using Wasmtime.Components;
using WasmEngine = Wasmtime.Engine;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// One Wasmtime engine with its pool of sandboxes, its linker and its epoch thread. Made once per process and class of
/// guest, and disposed after all its components.
/// </summary>
public sealed class GuestEngine : IDisposable
{
    /// <summary>The refusal of <see cref="Compile"/> for bytes that the compiler does not take.</summary>
    public static readonly Refusal NotCompilable = new(
        ErrorCode.BundleUnavailable,
        "The component cannot be compiled: it is not a valid WebAssembly component, or it uses a feature that the sandbox leaves out (threads, memory64, GC, exceptions, async).");

    private readonly EpochTicker ticker;
    private readonly Lazy<GuestLinker> sourcedLinker;
    private readonly Lazy<TimerShim> timers;
    private int free;

    internal GuestEngine(GuestClass guestClass, bool metered, EngineOptions options, TimeProvider time)
    {
        Class = guestClass;
        IsMetered = metered;
        free = options.Slots;
        Description = EngineConfiguration.Describe(metered);
        using (var config = EngineConfiguration.Create(guestClass, metered, options)) Engine = new WasmEngine(config);
        Handle = BindingHandle.Of(Engine);
        Linker = CreateLinker(ownSources: false);
        sourcedLinker = new(() => CreateLinker(ownSources: true));
        timers = new(() => new TimerShim(Engine));
        ticker = new EpochTicker(Engine, time, metered ? $"epoch {guestClass} metered" : $"epoch {guestClass}");
    }

    /// <summary>The class of guest that this engine is tuned for.</summary>
    public GuestClass Class { get; }

    /// <summary>Whether its guests count instructions, which costs them some speed: only a request with a fuel limit needs it.</summary>
    public bool IsMetered { get; }

    /// <summary>Wasmtime version and everything of the configuration that compiled code depends on.</summary>
    public string Description { get; }

    internal WasmEngine Engine { get; }

    /// <summary>The engine for <see cref="GuestStore"/>.</summary>
    internal nint Handle { get; }

    internal GuestLinker Linker { get; }

    /// <summary>The linker of invocations with random numbers and clocks of their own; made for the first one.</summary>
    internal GuestLinker SourcedLinker => sourcedLinker.Value;

    /// <summary>What gives guests their timers; made for the first one.</summary>
    internal TimerShim Timers => timers.Value;

    /// <summary>
    /// Compiles a component: seconds of one processor, and nothing bounds them here, so the runner has it done in a process of its own.
    /// Refuses what is not a component of this ABI.
    /// </summary>
    /// <param name="wasm">The component.</param>
    /// <param name="shared">The module that it imports, where it was split; what is made without it can be serialised and not run.</param>
    public Outcome<GuestComponent> Compile(ReadOnlySpan<byte> wasm, SharedCode? shared = null)
    {
        Component component;
        try
        {
            component = Component.FromBytes(Engine, wasm);
        }
        catch (WasmtimeException)
        {
            // The compiler's text quotes the guest, so it goes nowhere.
            return NotCompilable;
        }

        return GuestComponent.Create(this, component, wasm.Length, shared);
    }

    /// <summary>Compiles a core module that components share; as <see cref="Compile"/>.</summary>
    public Outcome<SharedCode> CompileShared(ReadOnlySpan<byte> module)
    {
        try
        {
            return new SharedCode(this, Module.FromBytes(Engine, SharedCodeNames.Import, module));
        }
        catch (WasmtimeException)
        {
            return NotCompilable;
        }
    }

    /// <summary>
    /// Loads what <see cref="GuestComponent.Serialize"/> gave. It is native code: the caller must have checked that this
    /// platform made it. Null when this engine, version or processor cannot use it; then compile again.
    /// </summary>
    /// <param name="compiled">The compiled form.</param>
    /// <param name="wasmBytes">Size of the component before.</param>
    /// <param name="shared">The module that it imports, where it was split.</param>
    public GuestComponent? Restore(ReadOnlySpan<byte> compiled, int wasmBytes, SharedCode? shared = null)
    {
        try
        {
            return Create(Component.Deserialize(Engine, compiled), wasmBytes, shared);
        }
        catch (WasmtimeException)
        {
            return null;
        }
    }

    /// <summary>The same from a file, which is mapped: it must never change while the component lives.</summary>
    public GuestComponent? RestoreFile(string path, int wasmBytes, SharedCode? shared = null)
    {
        try
        {
            return Create(Component.DeserializeFile(Engine, path), wasmBytes, shared);
        }
        catch (WasmtimeException)
        {
            return null;
        }
    }

    /// <summary>Loads what <see cref="SharedCode.Serialize"/> gave; as <see cref="Restore"/>.</summary>
    public SharedCode? RestoreShared(ReadOnlySpan<byte> compiled)
    {
        try
        {
            return new SharedCode(this, Module.Deserialize(Engine, SharedCodeNames.Import, compiled));
        }
        catch (WasmtimeException)
        {
            return null;
        }
    }

    /// <summary>The same from a file; as <see cref="RestoreFile"/>.</summary>
    public SharedCode? RestoreSharedFile(string path)
    {
        try
        {
            return new SharedCode(this, Module.DeserializeFile(Engine, SharedCodeNames.Import, path));
        }
        catch (WasmtimeException)
        {
            return null;
        }
    }

    /// <summary>Takes a sandbox; false when all are in use. Otherwise <see cref="Leave"/> must follow when its store is gone.</summary>
    internal bool TryEnter()
    {
        if (Interlocked.Decrement(ref free) >= 0) return true;
        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Increment(ref free);

    public void Dispose()
    {
        ticker.Dispose();
        if (timers.IsValueCreated) timers.Value.Dispose();
        if (sourcedLinker.IsValueCreated) sourcedLinker.Value.Dispose();
        Linker.Dispose();
        Engine.Dispose();
    }

    /// <summary>A linker with all that a guest may import.</summary>
    internal GuestLinker CreateLinker(bool ownSources, Module? shared = null)
    {
        var linker = new ComponentLinker(Engine);
        HostImports.Define(linker, ownSources);
        if (shared is not null)
        {
            using var root = linker.Root();
            root.AddModule(SharedCodeNames.Import, shared);
        }

        return new GuestLinker(linker);
    }

    private GuestComponent? Create(Component component, int wasmBytes, SharedCode? shared) =>
        GuestComponent.Create(this, component, wasmBytes, shared).TryGet(out var guest, out _) ? guest : null;
}
