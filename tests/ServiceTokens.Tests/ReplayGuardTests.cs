using Alga.Extensions.Testing;
using CsCheck;

namespace Alga.Extensions.ServiceTokens.Tests;

public class ReplayGuardTests
{
    private const double Lifetime = 60;
    private const double Skew = 30;

    private readonly ManualTime time = new();

    private ServiceTokenClaims NewToken() => NewToken(time.GetUtcNow());

    private static ServiceTokenClaims NewToken(DateTimeOffset issuedAt) => new()
    {
        Issuer = ServiceToken.Issuer,
        Audience = ServiceToken.Audience,
        IssuedAt = issuedAt.ToUnixTimeSeconds(),
        ExpiresAt = issuedAt.ToUnixTimeSeconds() + (long)Lifetime,
        RequestId = Guid.CreateVersion7(issuedAt),
        TenantId = Guid.CreateVersion7(issuedAt),
        InstallId = Guid.CreateVersion7(issuedAt),
        ExtensionId = "com.example.one",
        VersionId = Guid.CreateVersion7(issuedAt),
        ContentHash = "sha256:0",
        Capabilities = [],
        Method = "GET",
        Path = "/",
        BodyHash = "0",
    };

    [Fact]
    public void A_token_is_used_once()
    {
        var guard = new ReplayGuard(time, capacity: 10);
        var token = NewToken();
        Assert.Equal(TokenUse.First, guard.Use(token));
        Assert.Equal(TokenUse.Repeated, guard.Use(token));
        Assert.Equal(TokenUse.First, guard.Use(NewToken()));
    }

    [Fact]
    public void A_token_is_remembered_for_as_long_as_it_can_be_accepted() =>
        Gen.Select(Gen.Double[-Skew, Lifetime + Skew], Gen.Double[0, 1], Gen.Double[0, 60]).Array[1, 20].Sample(uses =>
        {
            var time = new ManualTime();
            var guard = new ReplayGuard(time, capacity: 1_000);
            foreach (var (age, again, pause) in uses)
            {
                var token = NewToken(time.GetUtcNow() - TimeSpan.FromSeconds(age));
                Assert.Equal(TokenUse.First, guard.Use(token));
                time.Advance(TimeSpan.FromSeconds(again * (Lifetime + Skew - age)));
                Assert.Equal(TokenUse.Repeated, guard.Use(token));
                time.Advance(TimeSpan.FromSeconds(pause));
            }
        });

    [Fact]
    public void A_clock_that_is_set_back_makes_no_used_token_good_again()
    {
        var clock = new SettableClock(time) { Ahead = TimeSpan.FromSeconds(Skew) };
        var guard = new ReplayGuard(clock, capacity: 10);
        var token = NewToken(clock.GetUtcNow());
        Assert.Equal(TokenUse.First, guard.Use(token));
        clock.Ahead = TimeSpan.Zero;
        time.Advance(TimeSpan.FromSeconds(Skew + Lifetime + Skew - 1));
        Assert.Equal(TokenUse.Repeated, guard.Use(token));
    }

    [Fact]
    public void When_full_it_refuses_instead_of_forgetting()
    {
        var guard = new ReplayGuard(time, capacity: 2);
        var first = NewToken();
        guard.Use(first);
        guard.Use(NewToken());
        Assert.Equal(TokenUse.Full, guard.Use(NewToken()));
        Assert.Equal(TokenUse.Repeated, guard.Use(first));
    }

    [Fact]
    public void Room_comes_back_when_tokens_have_expired()
    {
        var guard = new ReplayGuard(time, capacity: 1);
        guard.Use(NewToken());
        time.Advance(TimeSpan.FromSeconds(140));
        Assert.Equal(TokenUse.First, guard.Use(NewToken()));
        time.Advance(TimeSpan.FromSeconds(1000));
        Assert.Equal(TokenUse.First, guard.Use(NewToken()));
    }

    /// <summary>Ids were kept for up to four minutes, in two halves of a million: a runner with more than 8,333 requests a second refused those beyond as overloaded.</summary>
    [Fact]
    public void A_processor_that_answers_ten_thousand_requests_a_second_for_minutes_has_room()
    {
        const int scale = 100;
        var guard = new ReplayGuard(time, ReplayGuard.CapacityOfProcessor / scale);
        for (var i = 0; i < 10_000 / scale * 60 * 10; i++)
        {
            Assert.Equal(TokenUse.First, guard.Use(NewToken()));
            time.Advance(TimeSpan.FromSeconds((double)scale / 10_000));
        }
    }

    [Fact]
    public void Of_many_at_once_exactly_one_is_first()
    {
        var guard = new ReplayGuard(time, capacity: 10);
        var token = NewToken();
        var first = 0;
        Parallel.For(0, 64, _ =>
        {
            if (guard.Use(token) == TokenUse.First) Interlocked.Increment(ref first);
        });
        Assert.Equal(1, first);
    }

    /// <summary>Shows another time than the one that durations go by.</summary>
    private sealed class SettableClock(ManualTime steady) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + Ahead;

        public override long GetTimestamp() => steady.GetTimestamp();
    }
}
