namespace Alga.Extensions.Testing;

/// <summary>A clock that stands still until it is told to move; durations go by it too. Timers are the system's.</summary>
public sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public void Advance(TimeSpan time) => now += time;
}
