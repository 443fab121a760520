using Alga.Extensions.Testing;

namespace Alga.Extensions.Chaos.Tests;

/// <summary>What counts as felt of a fault.</summary>
public sealed class FaultEffectTests
{
    private readonly ManualTime time = new();
    private readonly Journal journal;
    private readonly Fault fault = new("test", 5, _ => Task.CompletedTask) { Forbidden = ["internal"] };
    private readonly DateTimeOffset from;

    public FaultEffectTests()
    {
        journal = new Journal(time);
        from = time.GetUtcNow();
    }

    [Fact]
    public void The_gap_is_the_longest_time_between_two_successes_also_at_the_ends()
    {
        Add(2, null);
        Add(3, "timeout");
        Add(10, null);

        var effect = Effect(12);

        Assert.Equal(TimeSpan.FromSeconds(8), effect.Gap);
        Assert.True(effect.IsBeyondBudget);
        Assert.Equal((1, 3, "timeout 1"), (effect.Failed, effect.Requests, effect.Reasons));
    }

    [Fact]
    public async Task Time_in_which_a_publisher_took_the_version_away_is_not_the_faults()
    {
        Add(1, null);
        time.Advance(TimeSpan.FromSeconds(2));
        await journal.RecordAsync(
            "revoke",
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult("revoked");
            },
            takesServiceAway: true);
        Add(9, null);

        Assert.Equal(TimeSpan.FromSeconds(3), Effect(10).Gap);
    }

    [Fact]
    public void Other_callers_successes_do_not_fill_a_gap()
    {
        journal.Add(new Call(from.AddSeconds(5), from.AddSeconds(5), Load.Other, null, []));

        Assert.Equal(TimeSpan.FromSeconds(10), Effect(10).Gap);
    }

    [Fact]
    public void A_reason_that_the_fault_may_not_have_is_found()
    {
        Add(1, "timeout");
        Assert.False(Effect(10).HasForbidden);
        Add(2, "internal");
        Assert.True(Effect(10).HasForbidden);
    }

    private void Add(double after, string? reason) => journal.Add(new Call(from.AddSeconds(after), from.AddSeconds(after + 0.1), Load.Counter, reason, []));

    private FaultEffect Effect(double until) => FaultEffect.Of(fault, journal, from, from.AddSeconds(until));
}
