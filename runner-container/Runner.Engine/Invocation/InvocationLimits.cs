namespace Alga.Extensions.Runner.Engine;

/// <summary>What one invocation may use besides its time.</summary>
/// <param name="MemoryMb">Each linear memory, in MiB.</param>
/// <param name="Fuel">Wasm instructions, about; null for no limit. Needs a component of a metered engine.</param>
public readonly record struct InvocationLimits(int MemoryMb, long? Fuel = null)
{
    /// <summary>Most linear memories that a component may have.</summary>
    public const int MaxMemories = EngineConfiguration.MaxMemoriesPerComponent;
}
