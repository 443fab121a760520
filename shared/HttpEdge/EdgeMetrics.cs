using System.Diagnostics.Metrics;

namespace Alga.Extensions.HttpEdge;

/// <summary>One histogram for all requests of a service; <c>docs/metrics.md</c> lists it.</summary>
public sealed class EdgeMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private readonly Meter meter;
    private readonly Histogram<double> requests;

    public EdgeMetrics(IMeterFactory factory)
    {
        meter = factory.Create("Alga.Extensions.HttpEdge");
        requests = meter.CreateHistogram("alga.edge.request.duration", "s", "Time from a request's arrival until its answer is known, by operation and outcome.", advice: Buckets);
    }

    /// <summary>A request has its answer.</summary>
    /// <param name="operation">Name of the endpoint.</param>
    /// <param name="outcome"><c>ok</c>, <c>cancelled</c> or the error's wire name.</param>
    /// <param name="duration">Since it arrived.</param>
    public void Answered(string operation, string outcome, TimeSpan duration) =>
        requests.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => meter.Dispose();
}
