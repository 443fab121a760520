using System.Globalization;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Install;
using Dapper;

namespace Alga.Extensions.Registry.Usage;

/// <summary>Reads a tenant's usage counters.</summary>
public sealed class UsageQueries(TenantDatabase database)
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Usage of one extension, or <c>extension_not_installed</c>.</summary>
    public Task<Outcome<UsageView>> ReadAsync(Guid tenantId, string name, UsageRange range, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<UsageView>(
            tenantId,
            async (connection, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                var (from, to) = (Shown(range.From), Shown(range.To));
                var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
                    """
                    select to_char(starts_on, 'YYYY-MM-DD') as StartsOn, invocations as Invocations, errors as Errors, duration_us as DurationUs,
                      egress_bytes as EgressBytes, fuel as Fuel, memory_bytes_peak as MemoryBytesPeak, duration_histogram as Histogram
                    from extension_quota_usage
                    where tenant_id = current_tenant() and extension_id = @name and period = @Period
                      and starts_on between @from::date and @to::date
                    order by starts_on
                    """,
                    new { name, range.Period, from, to },
                    transaction,
                    cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
                return new UsageView(range.Period, from, to, Sum(rows).ToFigures(), [.. rows.Select(row => new UsageItem(row.StartsOn, row.ToFigures()))]);
            },
            cancellationToken);

    private static string Shown(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static Row Sum(List<Row> rows)
    {
        var histogram = new long[DurationPercentile.Bounds.Count + 1];
        foreach (var row in rows)
        {
            for (var bucket = 0; bucket < histogram.Length; bucket++) histogram[bucket] += row.Histogram[bucket];
        }

        return new Row
        {
            StartsOn = "",
            Invocations = rows.Sum(row => row.Invocations),
            Errors = rows.Sum(row => row.Errors),
            DurationUs = rows.Sum(row => row.DurationUs),
            EgressBytes = rows.Sum(row => row.EgressBytes),
            Fuel = rows.Sum(row => row.Fuel),
            MemoryBytesPeak = rows.Count == 0 ? 0 : rows.Max(row => row.MemoryBytesPeak),
            Histogram = histogram,
        };
    }

    private sealed record Row
    {
        public required string StartsOn { get; init; }

        public required long Invocations { get; init; }

        public required long Errors { get; init; }

        public required long DurationUs { get; init; }

        public required long EgressBytes { get; init; }

        public required long Fuel { get; init; }

        public required long MemoryBytesPeak { get; init; }

        public required long[] Histogram { get; init; }

        public UsageFigures ToFigures() => new()
        {
            Invocations = Invocations,
            Errors = Errors,
            DurationUs = DurationUs,
            EgressBytes = EgressBytes,
            Fuel = Fuel,
            MemoryBytesPeak = MemoryBytesPeak,
            P50Us = DurationPercentile.Of(Histogram, 0.5),
            P95Us = DurationPercentile.Of(Histogram, 0.95),
            P99Us = DurationPercentile.Of(Histogram, 0.99),
        };
    }
}
