using Alga.Extensions.Testing;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class EgressPoolTests : IDisposable
{
    private static readonly Guid Install = Guid.Parse("01936b2e-0000-7000-8000-000000000002");

    private readonly ManualTime time = new();
    private readonly EgressPool pool;

    public EgressPoolTests() => pool = new EgressPool(new SystemNetwork(), time, capacity: 2);

    public void Dispose() => pool.Dispose();

    [Fact]
    public void One_install_reuses_its_connections_and_another_tenant_or_install_has_its_own()
    {
        var first = Use(Invocation.Acme, Install);
        Assert.Same(first, Use(Invocation.Acme, Install));
        Assert.NotSame(first, Use(Invocation.Globex, Install));
        Assert.NotSame(first, Use(Invocation.Acme, Invocation.Globex));
    }

    [Fact]
    public void What_was_idle_for_two_minutes_is_dropped()
    {
        var first = Use(Invocation.Acme, Install);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotSame(first, Use(Invocation.Acme, Install));
        Assert.Equal(1, pool.Count);
    }

    [Fact]
    public void Over_the_bound_the_longest_idle_goes_and_what_is_in_use_stays()
    {
        using var inUse = pool.Rent(Invocation.Acme, Install);
        var idle = Use(Invocation.Globex, Install);
        time.Advance(TimeSpan.FromSeconds(1));
        Use(Invocation.Globex, Invocation.Acme);
        Assert.Equal(2, pool.Count);
        Assert.Same(inUse.Transport, Use(Invocation.Acme, Install));
        Assert.NotSame(idle, Use(Invocation.Globex, Install));
    }

    [Fact]
    public void With_everything_in_use_a_call_has_connections_of_its_own_that_are_not_kept()
    {
        using var one = pool.Rent(Invocation.Acme, Install);
        using var two = pool.Rent(Invocation.Globex, Install);
        var third = Use(Invocation.Acme, Invocation.Globex);
        Assert.Equal(2, pool.Count);
        Assert.NotSame(third, Use(Invocation.Acme, Invocation.Globex));
    }

    [Fact]
    public void A_tenant_has_so_many_slots_and_no_more()
    {
        var slots = new TenantSlots(2);
        Assert.True(slots.TryEnter(Invocation.Acme));
        Assert.True(slots.TryEnter(Invocation.Acme));
        Assert.False(slots.TryEnter(Invocation.Acme));
        Assert.True(slots.TryEnter(Invocation.Globex));
        slots.Leave(Invocation.Acme);
        Assert.True(slots.TryEnter(Invocation.Acme));
    }

    private EgressTransport Use(Guid tenant, Guid install)
    {
        using var lease = pool.Rent(tenant, install);
        return lease.Transport;
    }
}
