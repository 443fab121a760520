using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class ComponentCacheTests : IDisposable
{
    private readonly EngineSet engines = new(new EngineOptions { Slots = 1 }, TimeProvider.System);
    private readonly ManualTime time = new();
    private readonly List<ContentHash> loads = [];
    private readonly ComponentCache cache;
    private Refusal? refusal;
    private Exception? fault;

    public ComponentCacheTests() => cache = new ComponentCache(LoadAsync, 250, time);

    public void Dispose()
    {
        cache.Dispose();
        engines.Dispose();
    }

    [Fact]
    public async Task A_burst_loads_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.GetAsync(Hash(1), CancellationToken.None))));
        foreach (var outcome in outcomes) Lease(outcome).Dispose();
        Assert.Single(loads);
    }

    [Fact]
    public async Task The_least_recently_used_goes_first()
    {
        foreach (var number in new byte[] { 1, 2, 1, 3 }) Lease(await cache.GetAsync(Hash(number), CancellationToken.None)).Dispose();
        Assert.Equal(3, loads.Count);
        Lease(await cache.GetAsync(Hash(1), CancellationToken.None)).Dispose();
        Assert.Equal(3, loads.Count);
        Lease(await cache.GetAsync(Hash(2), CancellationToken.None)).Dispose();
        Assert.Equal(4, loads.Count);
    }

    [Fact]
    public async Task What_is_in_use_stays_usable_after_it_was_evicted()
    {
        using var lease = Lease(await cache.GetAsync(Hash(1), CancellationToken.None));
        foreach (var number in new byte[] { 2, 3, 4 }) Lease(await cache.GetAsync(Hash(number), CancellationToken.None)).Dispose();
        Assert.NotEmpty(lease.Component.Guest.Serialize());
    }

    [Fact]
    public async Task A_refusal_is_repeated_for_a_while_and_then_tried_again()
    {
        refusal = new Refusal(ErrorCode.BundleUnavailable, "no");
        Assert.False((await cache.GetAsync(Hash(1), CancellationToken.None)).TryGet(out _, out _));
        Assert.False((await cache.GetAsync(Hash(1), CancellationToken.None)).TryGet(out _, out _));
        Assert.Single(loads);
        refusal = null;
        time.Advance(ComponentCache.RefusalLifetime);
        Lease(await cache.GetAsync(Hash(1), CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task A_fault_is_not_kept()
    {
        fault = new InvalidOperationException("broken");
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync(Hash(1), CancellationToken.None));
        fault = null;
        Lease(await cache.GetAsync(Hash(1), CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_does_not_end_the_load_for_the_others()
    {
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.GetAsync(Hash(1), impatient.Token));
        Lease(await cache.GetAsync(Hash(1), CancellationToken.None)).Dispose();
        Assert.Single(loads);
    }

    private static ContentHash Hash(byte number) => ContentHash.Of([number]);

    private static ComponentLease Lease(Outcome<ComponentLease> outcome)
    {
        Assert.True(outcome.TryGet(out var lease, out var refusal), refusal?.Message);
        return lease;
    }

    private async Task<Outcome<LoadedComponent>> LoadAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        lock (loads) loads.Add(hash);
        await Task.Yield();
        if (fault is not null) throw fault;
        if (refusal is not null) return refusal;
        Assert.True(engines.ForSize(0).Compile(Guest.Wasm("hello")).TryGet(out var guest, out _));
        return new LoadedComponent("e", "1.0.0", guest, 100, 1);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => Interlocked.Add(ref now, by.Ticks);
    }
}
