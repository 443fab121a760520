namespace Alga.Extensions.Runner.Engine;

/// <summary>Size of the sandbox pools, the same for each class of guest.</summary>
public sealed record EngineOptions
{
    /// <summary>Largest value of <see cref="Slots"/>.</summary>
    public const int MaxSlots = 256;

    /// <summary>
    /// Components of at least this many bytes are <see cref="GuestClass.Large"/>. It changes how they are compiled, so it is the same everywhere.
    /// QuickJS with an extension's code is half of it, StarlingMonkey three times as much.
    /// </summary>
    public const int LargeBytes = 4 * 1024 * 1024;

    /// <summary>Sandboxes that may exist at the same time in one engine, 1 to <see cref="MaxSlots"/>. Default 16.</summary>
    public int Slots { get; init; } = 16;

    /// <summary>Components of at least this many bytes are taken for class <see cref="GuestClass.Script"/> where it was not measured. Default 512 KiB: the smallest script engine seen is twice that.</summary>
    public int ScriptThresholdBytes { get; init; } = 512 * 1024;

    /// <summary>The likely class of a component of so many bytes, where nothing better is known.</summary>
    public GuestClass GuessClass(long wasmBytes) =>
        wasmBytes >= LargeBytes ? GuestClass.Large : wasmBytes >= ScriptThresholdBytes ? GuestClass.Script : GuestClass.Compact;
}
