using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>The random numbers and clock readings of a recording. After the last reading a clock goes on by a millisecond each time.</summary>
internal sealed class ReplaySources(RecordedSources recorded) : IGuestSources
{
    private const ulong Millisecond = 1_000_000;

    private readonly SeededRandom random = new(recorded.Seed);
    private readonly Clock wall = new(recorded.WallClock);
    private readonly Clock monotonic = new(recorded.MonotonicClock);

    public void FillRandom(Span<byte> bytes) => random.Fill(bytes);

    public ulong GetWallClock() => wall.Next();

    public ulong GetMonotonicClock() => monotonic.Next();

    private sealed class Clock(IReadOnlyList<ulong> readings)
    {
        private int at;
        private ulong last;

        public ulong Next() => last = at < readings.Count ? readings[at++] : last + Millisecond;
    }
}
