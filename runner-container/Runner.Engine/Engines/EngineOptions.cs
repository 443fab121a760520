namespace Alga.Extensions.Runner.Engine;

/// <summary>Size of the sandbox pools, the same for each class of guest.</summary>
public sealed record EngineOptions
{
    /// <summary>Largest value of <see cref="Slots"/>.</summary>
    public const int MaxSlots = 256;

    /// <summary>Sandboxes that may exist at the same time in one engine, 1 to <see cref="MaxSlots"/>. Default 16.</summary>
    public int Slots { get; init; } = 16;

    /// <summary>Components of at least this many bytes are taken for class <see cref="GuestClass.Script"/> where it was not measured. Default 512 KiB: the smallest script engine seen is twice that.</summary>
    public int ScriptThresholdBytes { get; init; } = 512 * 1024;

    /// <summary>The likely class of a component of so many bytes, where nothing better is known.</summary>
    public GuestClass GuessClass(long wasmBytes) => wasmBytes >= ScriptThresholdBytes ? GuestClass.Script : GuestClass.Compact;
}
