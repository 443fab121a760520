namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Finds guests that compute for long and deprioritizes them, so that whoever needs the processors shortly gets them at once: two endless
/// loops on two processors would otherwise make everybody else wait for a time slice, at each step of a request. A guest that waits
/// for a host call computes nothing and stays as it is.
/// </summary>
internal sealed class LongRuns : IDisposable
{
    /// <summary>How often the workers are looked at.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Processor time that a guest has, from its first look on, before it is deprioritized.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim stopped = new(initialState: false, spinCount: 0);
    private readonly IReadOnlyList<Worker> workers;
    private readonly RunnerMetrics metrics;
    private readonly Look[] looks;
    private readonly Thread? thread;

    public LongRuns(IReadOnlyList<Worker> workers, RunnerMetrics metrics)
    {
        this.workers = workers;
        this.metrics = metrics;
        looks = new Look[workers.Count];
        if (!NativeThread.IsSupported) return;
        thread = new Thread(Watch) { Name = "long runs", IsBackground = true };
        thread.Start();
    }

    public void Dispose()
    {
        stopped.Set();
        thread?.Join();
        stopped.Dispose();
    }

    private void Watch()
    {
        while (!stopped.Wait(Tick))
        {
            for (var number = 0; number < looks.Length; number++) looks[number] = LookAt(workers[number], looks[number]);
        }
    }

    /// <summary>A run is new at the first look, has its clock read at the second, and is deprioritized once its allowance is used up.</summary>
    private Look LookAt(Worker worker, Look before)
    {
        var run = worker.CurrentRun;
        if (run == 0 || run != before.Run) return new Look(run, null);
        var used = worker.ProcessorTime;
        if (before.Used is not { } first) return new Look(run, used);
        if (used - first >= Allowance && worker.Deprioritize(run)) metrics.Deprioritized();
        return before;
    }

    private readonly record struct Look(long Run, TimeSpan? Used);
}
