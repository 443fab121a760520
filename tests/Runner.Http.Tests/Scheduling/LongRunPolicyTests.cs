using System.Collections.Concurrent;
using Alga.Extensions.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class LongRunPolicyTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly ServiceProvider services = Pools.Services();

    public void Dispose() => services.Dispose();

    [Fact]
    public void Threads_of_a_batch_interrupt_each_other_while_a_guest_computes_for_long()
    {
        var processors = new TenantProcessors(new ProcessorSet(One()), 1, time);
        using var policies = new BlockingCollection<ThreadPolicy>();
        using var longRuns = new LongRuns([], processors, services.GetRequiredService<RunnerMetrics>(), policies.Add);
        processors.ComputesForLong(RunnerFixture.Acme);
        Assert.Equal(ThreadPolicy.Interrupting, Next(policies));

        time.Advance(TimeSpan.FromSeconds(1));
        ThreadPolicy? next;
        do
        {
            next = Next(policies);
        }
        while (next == ThreadPolicy.Interrupting);
        Assert.Equal(ThreadPolicy.Batch, next);
    }

    private static ThreadPolicy? Next(BlockingCollection<ThreadPolicy> policies) => policies.TryTake(out var policy, TimeSpan.FromSeconds(30)) ? policy : null;

    private static ulong[] One()
    {
        var words = new ulong[ProcessorSet.Words];
        words[0] = 1;
        return words;
    }
}
