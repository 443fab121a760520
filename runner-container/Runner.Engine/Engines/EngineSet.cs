namespace Alga.Extensions.Runner.Engine;

/// <summary>The engines of a process, one per <see cref="GuestClass"/>.</summary>
public sealed class EngineSet : IDisposable
{
    private readonly EngineOptions options;
    private readonly GuestEngine compact;
    private readonly GuestEngine script;

    public EngineSet(EngineOptions options, TimeProvider time)
    {
        this.options = options;
        compact = new GuestEngine(GuestClass.Compact, options, time);
        script = new GuestEngine(GuestClass.Script, options, time);
    }

    /// <summary>The engine for a class of guest.</summary>
    public GuestEngine For(GuestClass guestClass) => guestClass == GuestClass.Script ? script : compact;

    /// <summary>The engine for a component whose class was not measured: a guess by its size in bytes.</summary>
    public GuestEngine ForSize(long wasmBytes) => For(options.GuessClass(wasmBytes));

    public void Dispose()
    {
        compact.Dispose();
        script.Dispose();
    }
}
