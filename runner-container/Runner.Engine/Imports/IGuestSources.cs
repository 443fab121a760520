namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Random numbers and clocks of one invocation, in the place of the process's own: who records an invocation must be able to
/// give the same ones again. Used on the invocation's thread only.
/// </summary>
public interface IGuestSources
{
    /// <summary>Fills a span with random bytes, fit for secrets where the invocation is a real one.</summary>
    void FillRandom(Span<byte> bytes);

    /// <summary>Nanoseconds since 1970 in UTC.</summary>
    ulong GetWallClock();

    /// <summary>Nanoseconds since an arbitrary moment; never less than before.</summary>
    ulong GetMonotonicClock();
}
