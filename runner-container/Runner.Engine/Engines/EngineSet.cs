namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// The engines of a process: one per <see cref="GuestClass"/>, and the same again with fuel metering. Those for large components
/// and for requests with a fuel limit are made when the first one comes.
/// </summary>
public sealed class EngineSet : IDisposable
{
    private static readonly GuestClass[] Classes = Enum.GetValues<GuestClass>();

    private readonly EngineOptions options;
    private readonly Lazy<GuestEngine>[] engines;

    public EngineSet(EngineOptions options, TimeProvider time)
    {
        this.options = options;
        engines = [.. Classes.Select(guestClass => Create(guestClass, metered: false)), .. Classes.Select(guestClass => Create(guestClass, metered: true))];
        // What nearly every process needs is made at its start, so that no request waits for it.
        _ = For(GuestClass.Compact);
        _ = For(GuestClass.Script);

        Lazy<GuestEngine> Create(GuestClass guestClass, bool metered) => new(() => new GuestEngine(guestClass, metered, options, time));
    }

    /// <summary><see cref="GuestEngine.Description"/> of all engines that count instructions or do not, without making one.</summary>
    public static string Describe(bool metered) => EngineConfiguration.Describe(metered);

    /// <summary>The engine for a class of guest.</summary>
    /// <param name="guestClass">The class.</param>
    /// <param name="metered">Whether instructions are counted.</param>
    public GuestEngine For(GuestClass guestClass, bool metered = false) => engines[(int)guestClass + (metered ? Classes.Length : 0)].Value;

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
