using Alga.Extensions.Testing;
using CsCheck;

namespace Alga.Extensions.ServiceTokens.Tests;

public class ReplayGuardTests
{
    private readonly ManualTime time = new();

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    [Fact]
    public void A_token_is_used_once()
    {
        var guard = new ReplayGuard(time);
        var id = NewId();
        Assert.Equal(TokenUse.First, guard.Use(id));
        Assert.Equal(TokenUse.Repeated, guard.Use(id));
        Assert.Equal(TokenUse.First, guard.Use(NewId()));
    }

    [Fact]
    public void A_token_is_remembered_for_as_long_as_it_can_be_accepted() =>
        Gen.Double[0, 120].Array[1, 20].Sample(waits =>
        {
            var time = new ManualTime();
            var guard = new ReplayGuard(time);
            foreach (var wait in waits)
            {
                time.Advance(TimeSpan.FromSeconds(wait));
                var id = Guid.CreateVersion7(time.GetUtcNow());
                Assert.Equal(TokenUse.First, guard.Use(id));
                time.Advance(TimeSpan.FromSeconds(wait));
                Assert.Equal(TokenUse.Repeated, guard.Use(id));
            }
        });

    [Fact]
    public void When_full_it_refuses_instead_of_forgetting()
    {
        var guard = new ReplayGuard(time, capacity: 2);
        var first = NewId();
        guard.Use(first);
        guard.Use(NewId());
        Assert.Equal(TokenUse.Full, guard.Use(NewId()));
        Assert.Equal(TokenUse.Repeated, guard.Use(first));
    }

    [Fact]
    public void Room_comes_back_when_tokens_have_expired()
    {
        var guard = new ReplayGuard(time, capacity: 1);
        guard.Use(NewId());
        time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(TokenUse.First, guard.Use(NewId()));
        time.Advance(TimeSpan.FromSeconds(1000));
        Assert.Equal(TokenUse.First, guard.Use(NewId()));
    }

    [Fact]
    public void Of_many_at_once_exactly_one_is_first()
    {
        var guard = new ReplayGuard(time);
        var id = NewId();
        var first = 0;
        Parallel.For(0, 64, _ =>
        {
            if (guard.Use(id) == TokenUse.First) Interlocked.Increment(ref first);
        });
        Assert.Equal(1, first);
    }
}
