using System.Diagnostics.Metrics;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Metrics of recordings.</summary>
public sealed class RecordingMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Alga.Extensions.Runner.Recordings";

    private readonly Meter meter;
    private readonly Counter<long> written;
    private readonly Counter<long> lost;

    public RecordingMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        written = meter.CreateCounter<long>("alga.runner.recordings.written", "{recording}", "Recordings of executions that were stored.");
        lost = meter.CreateCounter<long>("alga.runner.recordings.lost", "{recording}", "Recordings given up: too large, too many at a time, or refused by database or vault.");
    }

    public void Written() => written.Add(1);

    public void Lost() => lost.Add(1);

    public void Dispose() => meter.Dispose();
}
