using System.Diagnostics.Metrics;

namespace Alga.Extensions.Runner.Records;

/// <summary>Metrics of the records.</summary>
public sealed class RecordMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Alga.Extensions.Runner.Records";

    private readonly Meter meter;
    private long written;
    private long spooled;
    private long lost;

    public RecordMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        // Observable, so that they are there from the start: an alert on the first one lost needs the zero before it.
        meter.CreateObservableCounter("alga.runner.records.written", () => Interlocked.Read(ref written), "{record}", "Execution records that were written to the database.");
        meter.CreateObservableCounter("alga.runner.records.spooled", () => Interlocked.Read(ref spooled), "{record}", "Execution records that went to disk because the database was away.");
        meter.CreateObservableCounter("alga.runner.records.lost", () => Interlocked.Read(ref lost), "{record}", "Execution records given up: no room in memory and on disk, or refused by the database.");
    }

    public void Written(int count) => Interlocked.Add(ref written, count);

    public void Spooled(int count) => Interlocked.Add(ref spooled, count);

    public void Lost(int count) => Interlocked.Add(ref lost, count);

    internal void Observe(Func<int> pending, Func<long> spoolBytes)
    {
        meter.CreateObservableGauge("alga.runner.records.pending", pending, "{record}", "Execution records in memory.");
        meter.CreateObservableGauge("alga.runner.records.spool.size", spoolBytes, "By", "Execution records on disk.");
    }

    public void Dispose() => meter.Dispose();
}
