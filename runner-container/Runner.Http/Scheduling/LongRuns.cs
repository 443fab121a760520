namespace Alga.Extensions.Runner.Http;

/// <summary>Finds guests that compute for long, so that they leave processors to others (<see cref="TenantProcessors"/>).</summary>
internal sealed class LongRuns : IDisposable
{
    /// <summary>How often the workers are looked at.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim stopped = new(initialState: false, spinCount: 0);
    private readonly IReadOnlyList<Worker> workers;
    private readonly RunnerMetrics metrics;
    private readonly Thread thread;

    public LongRuns(IReadOnlyList<Worker> workers, RunnerMetrics metrics)
    {
        this.workers = workers;
        this.metrics = metrics;
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
        while (!stopped.Wait(Tick))
        {
            foreach (var worker in workers)
            {
                if (worker.Look()) metrics.Confined();
            }
        }
    }
}
