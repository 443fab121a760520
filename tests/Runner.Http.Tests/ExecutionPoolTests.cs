using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class ExecutionPoolTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<RunnerMetrics>().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Work_gives_its_result_on_a_thread_of_the_pool()
    {
        using var pool = Create(1, 0, 10_000);
        var outcome = await pool.RunAsync(() => Thread.CurrentThread.Name);
        Assert.True(outcome.TryGet(out var name, out _));
        Assert.Equal("guest 1", name);
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_and_the_thread_goes_on()
    {
        using var pool = Create(1, 0, 10_000);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync<int>(() => throw new InvalidOperationException("x")));
        Assert.True((await pool.RunAsync(() => 7)).TryGet(out var value, out _));
        Assert.Equal(7, value);
    }

    [Fact]
    public async Task What_does_not_fit_into_the_queue_is_refused_at_once()
    {
        using var pool = Create(1, 1, 30_000);
        using var release = new ManualResetEventSlim();
        var running = pool.RunAsync(() => Wait(release));
        var waiting = pool.RunAsync(() => 2);
        Assert.False((await pool.RunAsync(() => 3)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Overloaded, refusal!.Code);
        release.Set();
        Assert.True((await running).TryGet(out _, out _));
        Assert.True((await waiting).TryGet(out _, out _));
    }

    [Fact]
    public async Task What_waits_too_long_is_refused_and_never_begun()
    {
        using var pool = Create(1, 4, 30);
        using var release = new ManualResetEventSlim();
        var begun = false;
        var running = pool.RunAsync(() => Wait(release));
        Assert.False((await pool.RunAsync(() => begun = true)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Overloaded, refusal!.Code);
        release.Set();
        Assert.True((await running).TryGet(out _, out _));
        Assert.True((await pool.RunAsync(() => true)).TryGet(out _, out _));
        Assert.False(begun);
    }

    private static bool Wait(ManualResetEventSlim release)
    {
        release.Wait();
        return true;
    }

    private ExecutionPool Create(int threads, int queue, int timeoutMs) => new(
        new RunnerOptions
        {
            Urls = "",
            Database = "",
            BundleStore = new BundleStoreOptions { Connection = "" },
            Indexes = null!,
            Vault = new SecretVaultOptions(new Uri("https://vault.invalid/"), null),
            Concurrency = threads,
            QueueLength = queue,
            QueueTimeoutMs = timeoutMs,
        },
        TimeProvider.System,
        services.GetRequiredService<RunnerMetrics>());
}
