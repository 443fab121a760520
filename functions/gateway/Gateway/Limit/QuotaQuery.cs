using Npgsql;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>Reads limits, which are what is set for the scope, else the plan's; and what was used of the month's egress.</summary>
internal sealed class QuotaQuery(NpgsqlDataSource database)
{
    private const string SetTenant = "select set_config('app.tenant_id', $1, true)";

    private const string Limits =
        """
        select coalesce(t.requests_per_second, p.tenant_requests_per_second), coalesce(t.burst, p.tenant_burst),
               coalesce(t.concurrency, p.tenant_concurrency), coalesce(t.monthly_invocations, p.tenant_monthly_invocations),
               coalesce(t.monthly_egress_bytes, p.tenant_monthly_egress_bytes),
               coalesce(e.requests_per_second, p.extension_requests_per_second), coalesce(e.burst, p.extension_burst),
               coalesce(e.concurrency, p.extension_concurrency), coalesce(e.monthly_invocations, p.extension_monthly_invocations),
               coalesce(e.monthly_egress_bytes, p.extension_monthly_egress_bytes),
               wanted.month, coalesce(u.tenant_bytes, 0)::bigint, coalesce(u.extension_bytes, 0)::bigint
        from (select $1::uuid as tenant_id, date_trunc('month', clock_timestamp() at time zone 'utc')::date as month) as wanted
        left join lateral (
          select sum(egress_bytes) as tenant_bytes, sum(egress_bytes) filter (where extension_id = $2) as extension_bytes
          from extension_quota_usage where tenant_id = wanted.tenant_id and period = 'month' and starts_on = wanted.month
        ) u on true
        left join tenant_quota t on t.tenant_id = wanted.tenant_id and t.scope = '*'
        left join tenant_quota e on e.tenant_id = wanted.tenant_id and e.scope = $2
        join quota_plan p on p.plan_id = coalesce(t.plan_id, 'default')
        """;

    /// <summary>The limits of an extension in a tenant.</summary>
    /// <exception cref="InvalidOperationException">There is no default plan: the migrations make one.</exception>
    public async Task<TenantLimits> FindAsync(Guid tenantId, string extensionId)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetTenant) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenantId.ToString() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Limits)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenantId }, new NpgsqlParameter<string> { TypedValue = extensionId } },
        });
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        if (!await reader.ReadAsync()) throw new InvalidOperationException("Table quota_plan has no plan 'default'.");
        return new TenantLimits(Read(reader, 0), Read(reader, 5), new EgressUse(reader.GetFieldValue<DateOnly>(10), reader.GetInt64(11), reader.GetInt64(12)));
    }

    private static QuotaLimits Read(NpgsqlDataReader row, int first) => new(
        row.IsDBNull(first) ? null : row.GetDouble(first),
        row.IsDBNull(first + 1) ? null : row.GetInt32(first + 1),
        row.IsDBNull(first + 2) ? null : row.GetInt32(first + 2),
        row.IsDBNull(first + 3) ? null : row.GetInt64(first + 3),
        row.IsDBNull(first + 4) ? null : row.GetInt64(first + 4));
}
