using System.Diagnostics.Metrics;

namespace Alga.Extensions.Runner.Records;

/// <summary>Metrics of the records.</summary>
public sealed class RecordMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Alga.Extensions.Runner.Records";

    private long written;
    private long spooled;
    private long lost;

    public RecordMetrics(IMeterFactory factory)
    {
        Meter = factory.Create(MeterName);
        // Observable, so that they are there from the start: an alert on the first one lost needs the zero before it.
        Meter.CreateObservableCounter("alga.runner.records.written", () => Interlocked.Read(ref written), "{record}", "Execution records that were written to the database.");
        Meter.CreateObservableCounter("alga.runner.records.spooled", () => Interlocked.Read(ref spooled), "{record}", "Execution records that went to disk because the database was away or could not keep up.");
        Meter.CreateObservableCounter("alga.runner.records.lost", () => Interlocked.Read(ref lost), "{record}", "Execution records given up: no room in memory and on disk, or refused by the database.");
    }

    internal Meter Meter { get; }

    public void Written(int count) => Interlocked.Add(ref written, count);

    public void Spooled(int count) => Interlocked.Add(ref spooled, count);

    public void Lost(int count) => Interlocked.Add(ref lost, count);

    internal void Observe(Func<int> pending, Func<long> spoolBytes)
    {
        Meter.CreateObservableGauge("alga.runner.records.pending", pending, "{record}", "Execution records in memory.");
        Meter.CreateObservableGauge("alga.runner.records.spool.size", spoolBytes, "By", "Execution records on disk.");
    }

    public void Dispose() => Meter.Dispose();
}
