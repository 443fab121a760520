using System.Diagnostics;

namespace Alga.Extensions.LoadDriver.Load;

/// <summary>What a run of requests gave.</summary>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Latencies">Of each request, in ticks of <see cref="Stopwatch"/>.</param>
internal sealed record LoadResult(TimeSpan Elapsed, long[] Latencies)
{
    public double RequestsPerSecond => Latencies.Length / Elapsed.TotalSeconds;

    public double P50Ms => Percentiles.Median(Latencies.Select(ticks => ticks * 1000.0 / Stopwatch.Frequency));
}
