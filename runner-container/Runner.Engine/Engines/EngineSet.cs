namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// The engines of a process: one per <see cref="GuestClass"/>, and the same again with fuel metering, made when the first
/// request with a fuel limit comes.
/// </summary>
public sealed class EngineSet : IDisposable
{
    private readonly EngineOptions options;
    private readonly Lazy<GuestEngine>[] engines;

    public EngineSet(EngineOptions options, TimeProvider time)
    {
        this.options = options;
        engines =
        [
            Create(GuestClass.Compact, metered: false),
            Create(GuestClass.Script, metered: false),
            Create(GuestClass.Compact, metered: true),
            Create(GuestClass.Script, metered: true),
        ];
        // What every process needs is made at its start, so that no request waits for it.
        _ = engines[0].Value;
        _ = engines[1].Value;

        Lazy<GuestEngine> Create(GuestClass guestClass, bool metered) => new(() => new GuestEngine(guestClass, metered, options, time));
    }

    /// <summary>The engine for a class of guest.</summary>
    /// <param name="guestClass">The class.</param>
    /// <param name="metered">Whether instructions are counted.</param>
    public GuestEngine For(GuestClass guestClass, bool metered = false) => engines[(guestClass == GuestClass.Script ? 1 : 0) + (metered ? 2 : 0)].Value;

    /// <summary>The engine for a component whose class was not measured: a guess by its size in bytes.</summary>
    public GuestEngine ForSize(long wasmBytes, bool metered = false) => For(options.GuessClass(wasmBytes), metered);

    public void Dispose()
    {
        foreach (var engine in engines)
        {
            if (engine.IsValueCreated) engine.Value.Dispose();
        }
    }
}
