using System.Collections.Frozen;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http.Tests.Ui;

public sealed class UiCacheTests
{
    private static readonly UiBundle Bundle = new("com.acme.a", "1.0.0", "ui/index.html", FrozenDictionary<string, UiAsset>.Empty);

    [Fact]
    public async Task However_many_ask_at_once_it_is_loaded_once_and_kept()
    {
        var loads = 0;
        var gate = new TaskCompletionSource();
        using var cache = new UiCache(
            async (_, _) =>
            {
                Interlocked.Increment(ref loads);
                await gate.Task;
                return Bundle;
            },
            1_000_000);
        var asked = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(ContentHash.Of([1]), default).AsTask()).ToList();
        gate.SetResult();
        foreach (var outcome in await Task.WhenAll(asked)) Assert.True(outcome.TryGet(out _, out _));
        Assert.True((await cache.GetAsync(ContentHash.Of([1]), default)).TryGet(out _, out _));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task What_was_refused_is_asked_for_again()
    {
        var loads = 0;
        using var cache = new UiCache((_, _) => Task.FromResult<Outcome<UiBundle>>(++loads == 1 ? new Refusal(ErrorCode.BundleUnavailable, "no") : Bundle), 1_000_000);
        Assert.False((await cache.GetAsync(ContentHash.Of([1]), default)).TryGet(out _, out _));
        Assert.True((await cache.GetAsync(ContentHash.Of([1]), default)).TryGet(out _, out _));
    }

    [Fact]
    public async Task Who_asks_for_ever_new_ones_is_refused_before_the_queue_grows_without_end()
    {
        var gate = new TaskCompletionSource();
        using var cache = new UiCache(
            async (_, _) =>
            {
                await gate.Task;
                return Bundle;
            },
            1_000_000);
        var waiting = Enumerable.Range(0, 64).Select(i => cache.GetAsync(ContentHash.Of([(byte)i]), default).AsTask()).ToList();
        Assert.False((await cache.GetAsync(ContentHash.Of([200]), default)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Overloaded, refusal.Code);
        gate.SetResult();
        foreach (var outcome in await Task.WhenAll(waiting)) Assert.True(outcome.TryGet(out _, out _));
    }
}
