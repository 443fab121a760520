using Alga.Extensions.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class ExecutionPoolTests : IDisposable
{
    private static readonly ExecutionOwner Acme = new(RunnerFixture.Acme, "com.acme.reports");
    private static readonly ExecutionOwner Globex = new(RunnerFixture.Globex, "com.globex.invoices");

    private readonly ServiceProvider services = Pools.Services();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Work_gives_its_result_on_a_thread_of_the_pool()
    {
        using var pool = Create(1, 0, 10_000);
        Assert.Equal("guest 1", await pool.RunAsync(Acme, () => Thread.CurrentThread.Name));
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_and_the_thread_goes_on()
    {
        using var pool = Create(1, 0, 10_000);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync<int>(Acme, (_, _) => throw new InvalidOperationException("x"), default));
        Assert.Equal(7, await pool.RunAsync(Acme, () => 7));
    }

    [Fact]
    public async Task What_does_not_fit_into_the_queue_is_refused_at_once()
    {
        using var pool = Create(1, 1, 30_000);
        using var release = new ManualResetEventSlim();
        var running = pool.RunAsync(Acme, () => Wait(release));
        var waiting = pool.RunAsync(Globex, () => true);
        Assert.Equal(ErrorCode.Overloaded, await RefuseAsync(pool, Acme));
        release.Set();
        Assert.True(await running);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_tenant_cannot_fill_the_queue_for_others()
    {
        using var pool = Create(1, 4, 30_000, tenantQueue: 2);
        using var release = new ManualResetEventSlim();
        var running = pool.RunAsync(Acme, () => Wait(release));
        var waiting = Enumerable.Range(0, 2).Select(_ => pool.RunAsync(Acme, () => true)).ToList();
        Assert.Equal(ErrorCode.Overloaded, await RefuseAsync(pool, Acme));
        var other = pool.RunAsync(Globex, () => true);
        release.Set();
        Assert.True(await other);
        Assert.True(await running);
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task What_waits_too_long_is_refused_and_never_begun()
    {
        using var pool = Create(1, 4, 30);
        using var release = new ManualResetEventSlim();
        var begun = false;
        var running = pool.RunAsync(Acme, () => Wait(release));
        Assert.False((await pool.RunAsync(Globex, (_, _) => begun = true, default)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Overloaded, refusal.Code);
        release.Set();
        Assert.True(await running);
        Assert.True(await pool.RunAsync(Globex, () => true));
        Assert.False(begun);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_leaves_the_queue_and_is_never_begun()
    {
        using var pool = Create(1, 1, 30_000);
        using var release = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var begun = false;
        var running = pool.RunAsync(Acme, () => Wait(release));
        var leaving = pool.RunAsync(Globex, (_, _) => begun = true, gone.Token);
        Assert.Equal(ErrorCode.Overloaded, await RefuseAsync(pool, Globex));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        // Its place is free again.
        var next = pool.RunAsync(Globex, () => 5);
        release.Set();
        Assert.Equal(5, await next);
        Assert.True(await running);
        Assert.False(begun);
    }

    [Fact]
    public async Task Who_is_gone_before_it_would_wait_does_not_wait()
    {
        using var pool = Create(1, 1, 30_000);
        using var release = new ManualResetEventSlim();
        var running = pool.RunAsync(Acme, () => Wait(release));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(Globex, (_, _) => true, new CancellationToken(canceled: true)));
        var next = pool.RunAsync(Globex, () => 5);
        release.Set();
        Assert.Equal(5, await next);
        Assert.True(await running);
    }

    /// <summary>Whether a thread or the caller's leaving comes first, each piece of work ends in one way, and the queue is empty at the end.</summary>
    [Fact]
    public async Task Work_whose_callers_leave_while_threads_take_it_is_either_done_or_never_begun()
    {
        using var pool = Create(2, 10_000, 60_000, tenantQueue: 10_000);
        var begun = 0;
        var ended = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            using var gone = new CancellationTokenSource();
            var work = pool.RunAsync(new ExecutionOwner(new Guid(number % 7, 0, 0, new byte[8]), "extension"), (_, _) => Interlocked.Increment(ref begun), gone.Token);
            await gone.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return work.Status;
        })));
        Assert.All(ended, status => Assert.True(status is TaskStatus.RanToCompletion or TaskStatus.Canceled, status.ToString()));
        Assert.Equal(begun, ended.Count(status => status == TaskStatus.RanToCompletion));
        Assert.Equal(5, await pool.RunAsync(Globex, () => 5));
    }

    /// <summary>One tenant blocks as many threads as it is let; another's requests are all served, none of them refused.</summary>
    [Fact]
    public async Task A_tenant_that_blocks_its_threads_leaves_the_others_theirs()
    {
        using var pool = Create(4, 16, 30_000, tenantQueue: 8);
        using var release = new ManualResetEventSlim();
        var blocked = 0;
        var noise = Enumerable.Range(0, 40).Select(_ => pool.RunAsync(
            Acme,
            (_, _) =>
            {
                Interlocked.Increment(ref blocked);
                return Wait(release);
            },
            default)).ToList();

        for (var i = 0; i < 200; i++) Assert.Equal(i, await pool.RunAsync(Globex, () => i));
        Assert.Equal(2, Volatile.Read(ref blocked));
        var refused = noise.Where(task => task.IsCompleted).ToList();
        Assert.Equal(40 - 2 - 8, refused.Count);

        release.Set();
        foreach (var task in noise) await task;
        Assert.Equal(10, Volatile.Read(ref blocked));
    }

    [Fact]
    public async Task One_extension_does_not_take_all_threads_from_the_others()
    {
        using var pool = Create(4, 16, 30_000);
        using var release = new ManualResetEventSlim();
        var slow = Enumerable.Range(0, 6)
            .Select(number => pool.RunAsync(new ExecutionOwner(new Guid(number, 0, 0, new byte[8]), "com.acme.slow"), () => Wait(release))).ToList();
        for (var i = 0; i < 50; i++) Assert.Equal(i, await pool.RunAsync(Globex, () => i));
        release.Set();
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task Requests_from_many_threads_are_all_served()
    {
        using var pool = Create(3, 10_000, 60_000, tenantQueue: 10_000);
        var results = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(() =>
            pool.RunAsync(new ExecutionOwner(new Guid(number % 7, 0, 0, new byte[8]), $"extension{number % 5}"), () => number))));
        Assert.Equal(Enumerable.Range(0, 2_000), results.Order());
    }

    [Fact]
    public async Task A_pool_that_stops_refuses_what_waits_and_finishes_what_runs()
    {
        var pool = Create(1, 4, 30_000);
        using var release = new ManualResetEventSlim();
        var running = pool.RunAsync(Acme, () => Wait(release));
        var waiting = RefuseAsync(pool, Globex);
        var stopping = Task.Run(pool.Dispose);
        Assert.Equal(ErrorCode.Overloaded, await waiting);
        release.Set();
        Assert.True(await running);
        await stopping;
        Assert.Equal(ErrorCode.Overloaded, await RefuseAsync(pool, Globex));
    }

    private static bool Wait(ManualResetEventSlim release)
    {
        release.Wait();
        return true;
    }

    private static async Task<ErrorCode> RefuseAsync(ExecutionPool pool, ExecutionOwner owner)
    {
        Assert.False((await pool.RunAsync(owner, (_, _) => true, default)).TryGet(out _, out var refusal));
        return refusal.Code;
    }

    private ExecutionPool Create(int threads, int queue, int timeoutMs, int tenantQueue = 0) => Pools.Create(services, threads, queue, timeoutMs, tenantQueue);
}
