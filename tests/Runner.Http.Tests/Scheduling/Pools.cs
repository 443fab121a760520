using Alga.Extensions.BlobStorage;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Execution pools without a runner around them.</summary>
internal static class Pools
{
    /// <summary>What a pool needs beside its options.</summary>
    public static ServiceProvider Services() => new ServiceCollection().AddMetrics().AddSingleton<RunnerMetrics>().BuildServiceProvider();

    public static ExecutionPool Create(IServiceProvider services, int threads, int queue, int timeoutMs, int tenantQueue) => new(
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
            TenantQueueLength = tenantQueue,
        },
        TimeProvider.System,
        services.GetRequiredService<RunnerMetrics>());

    /// <summary>Gives the work's result; a refusal fails the test.</summary>
    public static async Task<T> RunAsync<T>(this ExecutionPool pool, ExecutionOwner owner, Func<T> work)
    {
        Assert.True((await pool.RunAsync(owner, (_, _) => work(), default)).TryGet(out var result, out var refusal), refusal?.Message);
        return result;
    }
}
