namespace Alga.Extensions.Chaos.Tests;

/// <summary>The judge of <c>./chaos</c> on histories that are made up: what never happens there must be found all the same.</summary>
public sealed class RulesTests
{
    private const string Version = "version 1.0.3";

    private static readonly DateTimeOffset Start = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_request_that_begins_after_the_bound_and_sees_what_is_gone_is_a_violation()
    {
        var violation = Assert.Single(Rules.Violations([CallAt(61)], [Revoked()]));

        Assert.Equal("ada saw version 1.0.3 61.0 s after it was gone", violation);
    }

    [Fact]
    public void Within_the_bound_it_is_none_but_its_lateness_is_told()
    {
        Assert.Empty(Rules.Violations([CallAt(59)], [Revoked()]));
        Assert.Equal(TimeSpan.FromSeconds(59), Rules.Longest([CallAt(-5), CallAt(59)], [Revoked()]));
    }

    [Fact]
    public void A_request_that_began_before_may_end_at_any_time() =>
        Assert.Empty(Rules.Violations([CallAt(-1, seconds: 500)], [Revoked()]));

    [Fact]
    public void What_is_given_again_may_be_seen_by_requests_that_end_after_that()
    {
        var ban = Revoked() with { Until = Start.AddSeconds(100) };

        Assert.Empty(Rules.Violations([CallAt(99, seconds: 2), CallAt(200)], [ban]));
        Assert.Single(Rules.Violations([CallAt(97, seconds: 2)], [ban]));
    }

    [Fact]
    public void Only_what_was_taken_away_counts() => Assert.Empty(Rules.Violations([CallAt(500) with { Saw = ["version 1.0.4"] }], [Revoked()]));

    [Fact]
    public void What_was_never_granted_may_not_be_seen_for_a_moment() =>
        Assert.Single(Rules.Violations([CallAt(0.1)], [Revoked() with { Bound = TimeSpan.Zero }]));

    private static Ban Revoked() => new(Version, Start, Bound, null);

    private static Call CallAt(double after, double seconds = 1) =>
        new(Start.AddSeconds(after), Start.AddSeconds(after + seconds), Load.Counter, null, [Version]);
}
