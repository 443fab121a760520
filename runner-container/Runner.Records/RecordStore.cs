using Npgsql;
using NpgsqlTypes;

namespace Alga.Extensions.Runner.Records;

/// <summary>
/// Writes records into the database, exactly once each. PostgreSQL has no COPY into a table under row-level security, so a
/// batch goes by binary COPY into a temporary table and from there, one transaction for each tenant, into the log. The
/// same statement adds what was new to the usage counters, so log and counters always agree, and tells who watches the
/// extension (<c>NOTIFY execution_written</c>: tenant, extension, earliest and latest start in microseconds since 1970, ids).
/// </summary>
public sealed class RecordStore(NpgsqlDataSource dataSource)
{
    private const string CreateStaging =
        """
        create temp table if not exists execution_staging (
          started_at timestamptz, execution_id uuid, request_id uuid, trace_id text, extension_id text, install_id uuid,
          version_id uuid, version text, method text, endpoint text, user_id text, status smallint, code text,
          duration_us bigint, queue_us bigint, fuel bigint, memory_bytes bigint, egress_bytes bigint, logs text
        ) on commit delete rows
        """;

    private const string Copy =
        """
        copy execution_staging (started_at, execution_id, request_id, trace_id, extension_id, install_id, version_id, version,
          method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs)
        from stdin (format binary)
        """;

    // What is in the log already, or twice in the batch, is new to nobody and counts nowhere. Rows of the counters are
    // locked in one order, so that two runners never wait for each other in a circle. A notice takes a lock of the whole
    // server at commit, so there is one only where somebody watches; its text has to stay below 8,000 bytes.
    private const string Enter =
        """
        with entered as (
          insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, trace_id, extension_id, install_id,
            version_id, version, method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs)
          select current_tenant(), started_at, execution_id, request_id, trace_id, extension_id, install_id,
            version_id, version, method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs::json
          from execution_staging
          on conflict do nothing
          returning execution_id
        ), fresh as (
          select distinct on (s.execution_id) s.* from execution_staging s join entered using (execution_id)
        ), counted as (
          select extension_id, period, date_trunc(period, started_at at time zone 'UTC')::date as starts_on,
            count(*) as invocations, count(*) filter (where code is not null or status >= 500) as errors,
            sum(duration_us) as duration_us, sum(egress_bytes) as egress_bytes, sum(fuel) as fuel,
            max(memory_bytes) as memory_bytes_peak, duration_histogram(array_agg(duration_us)) as duration_histogram
          from fresh, unnest(array['day', 'month']) as period
          group by 1, 2, 3
        ), added as (
          insert into extension_quota_usage as usage (tenant_id, extension_id, period, starts_on, invocations, errors,
            duration_us, egress_bytes, fuel, memory_bytes_peak, duration_histogram)
          select current_tenant(), extension_id, period, starts_on, invocations, errors, duration_us, egress_bytes, fuel,
            memory_bytes_peak, duration_histogram
          from counted order by extension_id, period, starts_on
          on conflict (tenant_id, extension_id, period, starts_on) do update set
            invocations = usage.invocations + excluded.invocations,
            errors = usage.errors + excluded.errors,
            duration_us = usage.duration_us + excluded.duration_us,
            egress_bytes = usage.egress_bytes + excluded.egress_bytes,
            fuel = usage.fuel + excluded.fuel,
            memory_bytes_peak = greatest(usage.memory_bytes_peak, excluded.memory_bytes_peak),
            duration_histogram = array(select a + b from unnest(usage.duration_histogram, excluded.duration_histogram) as pair (a, b))
        ), watched as (
          select distinct extension_id from execution_tail_session where tenant_id = current_tenant() and held_until > clock_timestamp()
        ), numbered as (
          select extension_id, started_at, execution_id, (row_number() over (partition by extension_id order by started_at) - 1) / 100 as part
          from fresh join watched using (extension_id)
        ), told as (
          select pg_notify('execution_written', concat_ws(' ', current_tenant(), extension_id,
            (extract(epoch from min(started_at)) * 1000000)::bigint, (extract(epoch from max(started_at)) * 1000000)::bigint, string_agg(execution_id::text, ',')))
          from numbered group by extension_id, part
        )
        select count(*) from entered where (select count(*) from told) >= 0
        """;

    /// <summary>Writes records and gives how many were new. A fault leaves whole tenants written or unwritten; the same records again do no harm.</summary>
    public async Task<int> WriteAsync(IReadOnlyList<ExecutionRecord> records, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var staging = new NpgsqlCommand(CreateStaging, connection)) await staging.ExecuteNonQueryAsync(cancellationToken);
        var entered = 0;
        foreach (var tenant in records.GroupBy(record => record.TenantId)) entered += await WriteAsync(connection, tenant, cancellationToken);
        return entered;
    }

    private static async Task<int> WriteAsync(NpgsqlConnection connection, IGrouping<Guid, ExecutionRecord> tenant, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var scope = new NpgsqlCommand("select set_config('app.tenant_id', $1, true)", connection, transaction))
        {
            scope.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.Key.ToString("D") });
            await scope.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var writer = await connection.BeginBinaryImportAsync(Copy, cancellationToken))
        {
            foreach (var record in tenant) await WriteAsync(writer, record, cancellationToken);
            await writer.CompleteAsync(cancellationToken);
        }

        await using var enter = new NpgsqlCommand(Enter, connection, transaction);
        var entered = (long)(await enter.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return (int)entered;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter writer, ExecutionRecord record, CancellationToken cancellationToken)
    {
        await writer.StartRowAsync(cancellationToken);
        await writer.WriteAsync(record.StartedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
        await writer.WriteAsync(record.ExecutionId, NpgsqlDbType.Uuid, cancellationToken);
        await writer.WriteAsync(record.RequestId, NpgsqlDbType.Uuid, cancellationToken);
        await WriteTextAsync(record.TraceId);
        await WriteTextAsync(record.ExtensionId);
        await writer.WriteAsync(record.InstallId, NpgsqlDbType.Uuid, cancellationToken);
        await writer.WriteAsync(record.VersionId, NpgsqlDbType.Uuid, cancellationToken);
        await WriteTextAsync(record.Version);
        await WriteTextAsync(record.Method);
        await WriteTextAsync(record.Endpoint);
        await WriteTextAsync(record.UserId);
        await writer.WriteAsync((short)record.Status, NpgsqlDbType.Smallint, cancellationToken);
        await WriteTextAsync(record.Code);
        await writer.WriteAsync(record.DurationUs, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.QueueUs, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.Fuel, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.MemoryBytes, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.EgressBytes, NpgsqlDbType.Bigint, cancellationToken);
        await WriteTextAsync(record.Logs);

        // PostgreSQL's text has no NUL, and a user's id may.
        Task WriteTextAsync(string? text) => text is null
            ? writer.WriteNullAsync(cancellationToken)
            : writer.WriteAsync(text.Contains('\0') ? text.Replace('\0', '\ufffd') : text, NpgsqlDbType.Text, cancellationToken);
    }
}
