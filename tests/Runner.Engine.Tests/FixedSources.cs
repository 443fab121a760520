namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>Random numbers that are zeros, and clocks that stand still.</summary>
internal sealed class FixedSources : IGuestSources
{
    public void FillRandom(Span<byte> bytes) => bytes.Clear();

    public ulong GetWallClock() => 0;

    public ulong GetMonotonicClock() => 0;
}
