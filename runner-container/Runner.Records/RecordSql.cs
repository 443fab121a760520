namespace Alga.Extensions.Runner.Records;

/// <summary>
/// The statements of <see cref="RecordStore"/>. Each but the first two is for the tenant that <see cref="Scope"/> named, so that
/// row-level security holds for all of them.
/// </summary>
internal static class RecordSql
{
    /// <summary>
    /// Once for a session, which alone sees it. Emptied by each commit and rollback. What has a <c>tenant_id</c> is a table of tenants, to
    /// whom looks for such without row-level security, so the tenant has another name here.
    /// </summary>
    public const string CreateStaging =
        """
        create temp table if not exists execution_staging (
          owner_id uuid, started_at timestamptz, execution_id uuid, request_id uuid, trace_id text, extension_id text, install_id uuid,
          version_id uuid, version text, method text, endpoint text, user_id text, status smallint, code text,
          duration_us bigint, queue_us bigint, fuel bigint, memory_bytes bigint, egress_bytes bigint, logs text
        ) on commit delete rows
        """;

    public const string Copy =
        """
        copy execution_staging (owner_id, started_at, execution_id, request_id, trace_id, extension_id, install_id, version_id, version,
          method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs)
        from stdin (format binary)
        """;

    /// <summary>Names the tenant, $1, until the transaction ends or another one is named.</summary>
    public const string Scope = "select set_config('app.tenant_id', $1, true)";

    /// <summary>Enters what is staged, all of which has to be new.</summary>
    public const string Enter =
        """
        insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, trace_id, extension_id, install_id,
          version_id, version, method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs)
        select owner_id, started_at, execution_id, request_id, trace_id, extension_id, install_id,
          version_id, version, method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs::json
        from execution_staging where owner_id = current_tenant()
        """;

    /// <summary>Adds <see cref="UsageCounts"/> ($1 to $10) to the counters and tells who watches, all that is staged being new.</summary>
    public const string CountNew =
        $"""
        with counted as (
          select extension_id, period, starts_on, invocations, errors, duration_us, egress_bytes, fuel, memory_bytes_peak,
            $10[(number - 1) * 15 + 1 : number * 15] as duration_histogram
          from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality
            as counts (extension_id, period, starts_on, invocations, errors, duration_us, egress_bytes, fuel, memory_bytes_peak, number)
        ), fresh as (
          select extension_id, started_at, execution_id from execution_staging where owner_id = current_tenant()
        ), {AddAndTell}
        select count(*) from told
        """;

    /// <summary>
    /// Enters what is staged, counts only what was new (neither in the log already nor twice in the batch), tells who watches, and gives
    /// how many were new.
    /// </summary>
    public const string EnterAndCountNew =
        $"""
        with entered as (
          {Enter}
          on conflict do nothing
          returning execution_id
        ), fresh as (
          select distinct on (s.execution_id) s.* from execution_staging s join entered using (execution_id) where s.owner_id = current_tenant()
        ), counted as (
          select extension_id, period, date_trunc(period, started_at at time zone 'UTC')::date as starts_on,
            count(*) as invocations, count(*) filter (where code is not null or status >= 500) as errors,
            sum(duration_us) as duration_us, sum(egress_bytes) as egress_bytes, sum(fuel) as fuel,
            max(memory_bytes) as memory_bytes_peak, duration_histogram(array_agg(duration_us)) as duration_histogram
          from fresh, unnest(array['day', 'month']) as period
          group by 1, 2, 3
        ), {AddAndTell}
        select count(*) from entered where (select count(*) from told) >= 0
        """;

    // Rows of the counters are locked in one order, so that two runners never wait for each other in a circle. A notice takes a
    // lock of the whole server at commit, so there is one only where somebody watches; its text has to stay below 8,000 bytes.
    private const string AddAndTell =
        """
        added as (
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
        """;
}
