using Alga.Extensions.Database;
using Dapper;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Reads what holds for a tenant and what it has used, as the gateway counts it.</summary>
public sealed class EffectiveQuotaQuery(TenantDatabase database)
{
    /// <summary>The tenant's quotas with those of what it has installed.</summary>
    public Task<EffectiveQuotas> ReadAsync(Guid tenantId, CancellationToken cancellationToken) =>
        database.InTenantAsync(
            tenantId,
            async (connection, transaction) =>
            {
                var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
                    """
                    with month as (select date_trunc('month', clock_timestamp() at time zone 'utc')::date as starts_on),
                    scopes as (
                      select '*' as scope
                      union all select extension_id from tenant_extension_install where tenant_id = current_tenant() and status <> 'uninstalled'
                    )
                    select s.scope as Scope, p.plan_id as Plan, to_char(m.starts_on, 'YYYY-MM-DD') as Month,
                      coalesce(q.requests_per_second, case when s.scope = '*' then p.tenant_requests_per_second else p.extension_requests_per_second end) as RequestsPerSecond,
                      coalesce(q.burst, case when s.scope = '*' then p.tenant_burst else p.extension_burst end) as Burst,
                      coalesce(q.concurrency, case when s.scope = '*' then p.tenant_concurrency else p.extension_concurrency end) as Concurrency,
                      coalesce(q.monthly_invocations, case when s.scope = '*' then p.tenant_monthly_invocations else p.extension_monthly_invocations end) as MonthlyInvocations,
                      coalesce(q.monthly_egress_bytes, case when s.scope = '*' then p.tenant_monthly_egress_bytes else p.extension_monthly_egress_bytes end) as MonthlyEgressBytes,
                      coalesce((select b.invocations from quota_bucket b where b.tenant_id = current_tenant() and b.scope = s.scope and b.month = m.starts_on), 0) as Invocations,
                      coalesce((select sum(u.egress_bytes) from extension_quota_usage u
                        where u.tenant_id = current_tenant() and u.period = 'month' and u.starts_on = m.starts_on and (s.scope = '*' or u.extension_id = s.scope)), 0)::bigint as EgressBytes
                    from month m cross join scopes s
                    left join tenant_quota q on q.tenant_id = current_tenant() and q.scope = s.scope
                    join quota_plan p on p.plan_id = coalesce((select t.plan_id from tenant_quota t where t.tenant_id = current_tenant() and t.scope = '*'), 'default')
                    order by s.scope
                    """,
                    transaction: transaction, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
                var whole = rows.Single(row => row.Scope == "*");
                return new EffectiveQuotas(
                    whole.Plan, whole.Month, whole.Use, [.. rows.Where(row => row != whole).Select(row => new ExtensionQuotaUse(row.Scope, row.Use))]);
            },
            cancellationToken);

    private sealed record Row
    {
        public required string Scope { get; init; }

        public required string Plan { get; init; }

        public required string Month { get; init; }

        public double? RequestsPerSecond { get; init; }

        public int? Burst { get; init; }

        public int? Concurrency { get; init; }

        public long? MonthlyInvocations { get; init; }

        public long? MonthlyEgressBytes { get; init; }

        public required long Invocations { get; init; }

        public required long EgressBytes { get; init; }

        public QuotaUse Use => new(
            new QuotaValues
            {
                RequestsPerSecond = RequestsPerSecond,
                Burst = Burst,
                Concurrency = Concurrency,
                MonthlyInvocations = MonthlyInvocations,
                MonthlyEgressBytes = MonthlyEgressBytes,
            },
            Invocations,
            EgressBytes);
    }
}
