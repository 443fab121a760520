namespace Alga.Extensions.TrustedIndexes.Tests;

/// <summary>A clock that stands still until it is told to move; whoever waits on it is let through at once, and it moves by as much.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public void Advance(TimeSpan time) => now += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) now += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
