using System.Diagnostics.Metrics;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Metrics of recordings.</summary>
public sealed class RecordingMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Alga.Extensions.Runner.Recordings";

    private readonly Meter meter;
    private long written;
    private long lost;

    public RecordingMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        // Observed, so that they are there, with zero, before anything was recorded.
        meter.CreateObservableCounter("alga.runner.recordings.written", () => Interlocked.Read(ref written), "{recording}", "Recordings of executions that were stored.");
        meter.CreateObservableCounter("alga.runner.recordings.lost", () => Interlocked.Read(ref lost), "{recording}", "Recordings given up: too large, too many at a time, or refused by database or vault.");
    }

    public void Written() => Interlocked.Increment(ref written);

    public void Lost() => Interlocked.Increment(ref lost);

    public void Dispose() => meter.Dispose();
}
