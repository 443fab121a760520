using Npgsql;
using NpgsqlTypes;

namespace Alga.Extensions.Runner.Records;

/// <summary>
/// What records of one tenant add to <c>extension_quota_usage</c>: one row for each extension and UTC day, and one for each extension
/// and month. The database counts the same way where it has to (<see cref="RecordSql.EnterAndCountNew"/>).
/// </summary>
internal sealed class UsageCounts
{
    private const int Buckets = 15;

    // In microseconds; a duration belongs to the first bucket whose bound is larger. See duration_histogram in the database.
    private static readonly long[] Bounds =
        [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000];

    private readonly List<string> extensions = [];
    private readonly List<string> periods = [];
    private readonly List<DateOnly> starts = [];
    private readonly List<long> invocations = [];
    private readonly List<long> errors = [];
    private readonly List<long> durations = [];
    private readonly List<long> egress = [];
    private readonly List<long> fuel = [];
    private readonly List<long> peaks = [];
    private readonly List<long> histograms = [];
    private readonly Dictionary<(string Extension, DateOnly Day), (int Day, int Month)> rows = [];
    private readonly Dictionary<(string Extension, DateOnly Month), int> months = [];

    public UsageCounts(IEnumerable<ExecutionRecord> records)
    {
        foreach (var record in records)
        {
            var (day, month) = Rows(record.ExtensionId, DateOnly.FromDateTime(record.StartedAt.UtcDateTime));
            Add(day, record);
            Add(month, record);
        }
    }

    /// <summary>Parameters $1 to $10 of <see cref="RecordSql.CountNew"/>.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<List<string>> { TypedValue = extensions });
        parameters.Add(new NpgsqlParameter<List<string>> { TypedValue = periods });
        parameters.Add(new NpgsqlParameter<List<DateOnly>> { TypedValue = starts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        foreach (var column in new[] { invocations, errors, durations, egress, fuel, peaks, histograms })
            parameters.Add(new NpgsqlParameter<List<long>> { TypedValue = column });
    }

    private (int Day, int Month) Rows(string extension, DateOnly day)
    {
        if (rows.TryGetValue((extension, day), out var found)) return found;
        var month = new DateOnly(day.Year, day.Month, 1);
        if (!months.TryGetValue((extension, month), out var monthRow)) months[(extension, month)] = monthRow = NewRow(extension, "month", month);
        return rows[(extension, day)] = (NewRow(extension, "day", day), monthRow);
    }

    private int NewRow(string extension, string period, DateOnly start)
    {
        extensions.Add(extension);
        periods.Add(period);
        starts.Add(start);
        foreach (var column in new[] { invocations, errors, durations, egress, fuel, peaks }) column.Add(0);
        histograms.AddRange(new long[Buckets]);
        return extensions.Count - 1;
    }

    private void Add(int row, ExecutionRecord record)
    {
        invocations[row]++;
        if (record.Code is not null || record.Status >= 500) errors[row]++;
        durations[row] += record.DurationUs;
        egress[row] += record.EgressBytes;
        fuel[row] += record.Fuel;
        peaks[row] = Math.Max(peaks[row], record.MemoryBytes);
        histograms[(row * Buckets) + Bucket(record.DurationUs)]++;
    }

    private static int Bucket(long durationUs)
    {
        var found = Array.BinarySearch(Bounds, durationUs);
        return found >= 0 ? found + 1 : ~found;
    }
}
