namespace Alga.Extensions.Registry.Usage;

/// <summary>Percentiles out of counts by duration, as <c>duration_histogram</c> in the database makes them.</summary>
public static class DurationPercentile
{
    /// <summary>Upper bounds of all buckets but the last, in microseconds.</summary>
    public static readonly IReadOnlyList<long> Bounds =
        [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000];

    /// <summary>
    /// The duration that so much of all calls do not exceed, in microseconds: spread evenly within its bucket, and 30 s
    /// where it is in the last, which has no end. Null without calls.
    /// </summary>
    /// <param name="histogram">Counts, one more than there are bounds.</param>
    /// <param name="fraction">More than 0, at most 1: 0.95 for the 95th percentile.</param>
    public static long? Of(IReadOnlyList<long> histogram, double fraction)
    {
        var total = histogram.Sum();
        if (total == 0) return null;
        var rank = fraction * total;
        var below = 0L;
        for (var bucket = 0; bucket < Bounds.Count; bucket++)
        {
            var count = histogram[bucket];
            if (count > 0 && below + count >= rank)
            {
                var lower = bucket == 0 ? 0 : Bounds[bucket - 1];
                return lower + (long)((Bounds[bucket] - lower) * ((rank - below) / count));
            }

            below += count;
        }

        return Bounds[^1];
    }
}
