using System.Diagnostics.Metrics;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>Metrics of the runner. Durations are in seconds.</summary>
public sealed class RunnerMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> GuestBuckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> LoadBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Meter meter;
    private readonly Histogram<double> executions;
    private readonly Histogram<double> waits;
    private readonly Histogram<double> loads;

    public RunnerMetrics(IMeterFactory factory)
    {
        meter = factory.Create("Alga.Extensions.Runner");
        executions = meter.CreateHistogram("alga.runner.execution.duration", "s", "Time of a guest from instantiation to answer.", advice: GuestBuckets);
        waits = meter.CreateHistogram("alga.runner.queue.duration", "s", "Time that a request waits for an execution thread.", advice: GuestBuckets);
        loads = meter.CreateHistogram("alga.runner.load.duration", "s", "Time to fetch, verify and compile or restore a component.", advice: LoadBuckets);
    }

    /// <summary>A guest ended; the outcome is <c>ok</c> or the error's wire name.</summary>
    public void Executed(TimeSpan duration, Refusal? refusal) =>
        executions.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", refusal is null ? "ok" : ErrorTable.Describe(refusal.Code).Name));

    /// <summary>A request got its thread.</summary>
    public void Waited(TimeSpan duration) => waits.Record(duration.TotalSeconds);

    /// <summary>A component was loaded; the source is <c>disk</c>, <c>store</c> (the bundle store), <c>compiled</c> or <c>refused</c>.</summary>
    public void Loaded(TimeSpan duration, string source) =>
        loads.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("source", source));

    public void Dispose() => meter.Dispose();
}
