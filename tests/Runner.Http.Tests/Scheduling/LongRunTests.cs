using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>What a guest that computes for long leaves to others, on the processors of this machine.</summary>
public sealed class LongRunTests : IDisposable
{
    private static readonly ExecutionOwner Acme = new(RunnerFixture.Acme, "com.acme.reports");
    private static readonly ExecutionOwner Globex = new(RunnerFixture.Globex, "com.globex.invoices");
    private static readonly int All = ThreadProcessors.Get(threadId: 0).Count;

    /// <summary>A machine with one processor, and one without Linux, has nothing to share.</summary>
    private static readonly int Half = Math.Min(All, Environment.ProcessorCount) / 2 is var half and > 0 ? half : All;

    private readonly ServiceProvider services = Pools.Services();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task What_computes_for_long_beside_another_tenant_has_half_of_the_processors_and_so_has_what_the_tenant_calls_next()
    {
        using var pool = Create();
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(All, await pool.RunAsync(Globex, Processors));
            Assert.Equal(Half, await pool.RunAsync(Acme, () => ComputeUntil(Half)));
            Assert.Equal(Half, await pool.RunAsync(Acme, Processors));
        }
    }

    [Fact]
    public async Task What_computes_for_long_alone_keeps_all_processors()
    {
        using var pool = Create();
        Assert.Equal(All, await pool.RunAsync(Acme, () => Compute(TimeSpan.FromMilliseconds(150))));
    }

    [Fact]
    public async Task What_a_tenant_calls_after_it_computed_for_long_beside_another_computes_in_turns_and_what_the_other_calls_does_not()
    {
        using var pool = Create();
        Assert.False(await TakesTurns(Globex));
        Assert.False(await TakesTurns(Acme));
        var started = TimeProvider.System.GetTimestamp();
        // On a busy machine it may take a while until a guest has had as much of a processor as makes it one.
        var inTurns = false;
        while (!inTurns && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
        {
            await pool.RunAsync(Acme, () => Compute(TimeSpan.FromMilliseconds(100)));
            inTurns = await TakesTurns(Acme);
        }

        Assert.True(inTurns);
        Assert.False(await TakesTurns(Globex));

        async Task<bool> TakesTurns(ExecutionOwner owner)
        {
            Assert.True((await pool.RunAsync(owner, (_, turns) => turns is not null, default)).TryGet(out var takesTurns, out var refusal), refusal?.Message);
            return takesTurns;
        }
    }

    [Fact]
    public async Task What_waits_for_long_keeps_all_processors()
    {
        using var pool = Create();
        await pool.RunAsync(Globex, Processors);
        Assert.Equal(All, await pool.RunAsync(Acme, () =>
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromMilliseconds(300));
            return Processors();
        }));
    }

    /// <summary>The thread pool starts a thread when work is queued, on whatever thread that happens: one that is confined must not make it so for ever.</summary>
    [Fact]
    public async Task A_thread_that_is_started_on_a_confined_one_has_all_processors()
    {
        using var pool = Create();
        await pool.RunAsync(Globex, Processors);
        Assert.Equal((Half, All), await pool.RunAsync(Acme, () =>
        {
            var confined = ComputeUntil(Half);
            var started = 0;
            var thread = new Thread(() => started = Processors());
            thread.Start();
            thread.Join();
            return (confined, started);
        }));
    }

    [Fact]
    public async Task All_work_is_done_once_while_some_of_it_computes_for_long()
    {
        using var pool = Create(3);
        var runs = 0;
        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(number => pool.RunAsync(number % 2 == 0 ? Acme : Globex, () =>
        {
            Interlocked.Increment(ref runs);
            // Some end about when they would be found to take long.
            if (number % 10 == 0) Compute(TimeSpan.FromMilliseconds(number % 70));
            return number;
        })));
        Assert.Equal(Enumerable.Range(0, 300), results);
        Assert.Equal(300, runs);
    }

    private static int Processors() => ThreadProcessors.Get(threadId: 0).Count;

    private static int ComputeUntil(int processors)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Processors() != processors && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30)) Thread.SpinWait(1_000);
        return Processors();
    }

    private static int Compute(TimeSpan time)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < time) Thread.SpinWait(1_000);
        return Processors();
    }

    private ExecutionPool Create(int threads = 1) => Pools.Create(services, threads, queue: 1_000, timeoutMs: 60_000, tenantQueue: 1_000);
}
