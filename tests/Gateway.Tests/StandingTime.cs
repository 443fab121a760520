namespace Alga.Extensions.Gateway.Tests;

/// <summary>Time that stands still; timers run all the same.</summary>
internal sealed class StandingTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => 1_000_000_000_000;
}
