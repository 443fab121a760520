namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Finds guests that compute for long, so that they leave processors to others (<see cref="TenantProcessors"/>). In a runner that is a batch (<see cref="ThreadPolicies"/>),
/// threads that wake up interrupt others while there are any: each step of another tenant's request would wait for the end of a guest's slice.
/// </summary>
internal sealed class LongRuns : IDisposable
{
    /// <summary>How often the workers are looked at.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim stopped = new(initialState: false, spinCount: 0);
    private readonly IReadOnlyList<Worker> workers;
    private readonly TenantProcessors processors;
    private readonly RunnerMetrics metrics;
    private readonly Action<ThreadPolicy>? setPolicy;
    private readonly Thread thread;

    /// <param name="workers">The threads of guests.</param>
    /// <param name="processors">What guests run on.</param>
    /// <param name="metrics">Counts guests.</param>
    /// <param name="setPolicy">Sets the policy of all threads; null where they are no batch.</param>
    public LongRuns(IReadOnlyList<Worker> workers, TenantProcessors processors, RunnerMetrics metrics, Action<ThreadPolicy>? setPolicy)
    {
        this.workers = workers;
        this.processors = processors;
        this.metrics = metrics;
        this.setPolicy = setPolicy;
        thread = new Thread(Watch) { Name = "long runs", IsBackground = true };
        thread.Start();
    }

    public void Dispose()
    {
        stopped.Set();
        thread.Join();
        stopped.Dispose();
    }

    private void Watch()
    {
        var policy = ThreadPolicy.Batch;
        while (!stopped.Wait(Tick))
        {
            foreach (var worker in workers)
            {
                if (worker.Look()) metrics.Confined();
            }

            var wanted = processors.SomebodyComputesForLong() ? ThreadPolicy.Interrupting : ThreadPolicy.Batch;
            if (setPolicy is null) continue;
            // Threads that are started meanwhile come with that of the program's start.
            if (wanted == policy && wanted == ThreadPolicy.Batch) continue;
            policy = wanted;
            setPolicy(policy);
        }
    }
}
