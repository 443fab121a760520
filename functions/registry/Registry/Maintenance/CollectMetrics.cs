using System.Diagnostics.Metrics;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>Counts what collecting deletes; <c>docs/metrics.md</c> lists it.</summary>
public sealed class CollectMetrics : IDisposable
{
    /// <summary>Of a hash that no version has.</summary>
    public const string Orphan = "orphan";

    /// <summary>Compiled code that no runner has had use for in a long time.</summary>
    public const string UnusedCode = "unused_code";

    private readonly Meter meter;
    private readonly Counter<long> deleted;

    public CollectMetrics(IMeterFactory factory)
    {
        meter = factory.Create("Alga.Extensions.Registry");
        deleted = meter.CreateCounter<long>("alga.registry.deleted.blobs", "{blob}", "Blobs that maintenance deleted from the bundle store, by cause.");
    }

    /// <summary>Blobs are gone.</summary>
    public void Deleted(int blobs, string cause) => deleted.Add(blobs, new KeyValuePair<string, object?>("cause", cause));

    public void Dispose() => meter.Dispose();
}
