using System.Data;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Plans of tenants and what differs from them. What operators do here is in the tenant's audit log.</summary>
public sealed class TenantQuotaKeeper(TenantDatabase database, AuditLog audit)
{
    private const string WholeTenant = "*";

    private static readonly Refusal NoPlan = new(ErrorCode.InvalidRequest, "There is no plan of this name; GET /api/registry/plans lists them.");

    /// <summary>What is set for a tenant; the default plan and nothing else where nothing is.</summary>
    public Task<TenantQuotaView> ReadAsync(Guid tenantId, CancellationToken cancellationToken) =>
        database.InTenantAsync(tenantId, (_, transaction) => ReadAsync(transaction, tenantId, cancellationToken), cancellationToken);

    /// <summary>Sets the tenant's plan and what differs for the tenant as a whole; null goes back to the default plan alone.</summary>
    public Task<Outcome<TenantQuotaView>> SetAsync(Actor actor, Guid tenantId, TenantQuotaRequest? request, IfMatch ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, tenantId, WholeTenant, request?.Plan, request is null ? null : request.Limits ?? new QuotaValues(), ifMatch, cancellationToken);

    /// <summary>Sets what differs for one extension; null goes back to the plan.</summary>
    public Task<Outcome<TenantQuotaView>> SetAsync(Actor actor, Guid tenantId, string extension, QuotaValues? limits, IfMatch ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, tenantId, extension, null, limits, ifMatch, cancellationToken);

    /// <summary>Entity tag of all that is set for a tenant.</summary>
    internal static string TagOf(TenantQuotaView quota) => ContentTag.Of(quota, RegistryJson.Default.TenantQuotaView);

    private Task<Outcome<TenantQuotaView>> ChangeAsync(
        Actor actor, Guid tenantId, string scope, string? plan, QuotaValues? limits, IfMatch ifMatch, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<TenantQuotaView>(
            tenantId,
            async (connection, transaction) =>
            {
                if (limits?.Check() is { } invalid) return invalid;
                await connection.ExecuteAsync(new CommandDefinition(
                    "select pg_advisory_xact_lock(hashtextextended(current_tenant()::text, 7027))", transaction: transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                var before = await ReadAsync(transaction, tenantId, cancellationToken).ConfigureAwait(false);
                if (ifMatch.Check(TagOf(before), "tenant's quota") is { } stale) return stale;
                if (plan is not null && !await IsPlanAsync(transaction, plan, cancellationToken).ConfigureAwait(false)) return NoPlan;
                await WriteAsync(transaction, scope, plan, limits, cancellationToken).ConfigureAwait(false);
                var after = await ReadAsync(transaction, tenantId, cancellationToken).ConfigureAwait(false);
                if (TagOf(before) == TagOf(after)) return after;
                await audit.AddAsync(
                    transaction, tenantId, actor, new AuditEntry("quota.change", scope == WholeTenant ? "tenant" : scope, ToJson(before), ToJson(after)), cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken);

    private static async Task WriteAsync(NpgsqlTransaction transaction, string scope, string? plan, QuotaValues? limits, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(new { scope });
        parameters.Add("plan", plan, DbType.String);
        QuotaColumns.Add(parameters, "its", limits ?? new QuotaValues());
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            limits is null
                ? "delete from tenant_quota where tenant_id = current_tenant() and scope = @scope"
                : """
                  insert into tenant_quota (tenant_id, scope, plan_id, requests_per_second, burst, concurrency, monthly_invocations, monthly_egress_bytes)
                  values (current_tenant(), @scope, @plan, @itsRate, @itsBurst, @itsConcurrency, @itsInvocations, @itsEgress)
                  on conflict (tenant_id, scope) do update set
                    plan_id = excluded.plan_id, requests_per_second = excluded.requests_per_second, burst = excluded.burst, concurrency = excluded.concurrency,
                    monthly_invocations = excluded.monthly_invocations, monthly_egress_bytes = excluded.monthly_egress_bytes
                  """,
            parameters, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Locked, so that nobody deletes the plan meanwhile.</summary>
    private static async Task<bool> IsPlanAsync(NpgsqlTransaction transaction, string plan, CancellationToken cancellationToken) =>
        PlanKeeper.IsName(plan) && await transaction.Connection!.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select 1 from quota_plan where plan_id = @plan for key share", new { plan }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) is not null;

    private static async Task<TenantQuotaView> ReadAsync(NpgsqlTransaction transaction, Guid tenantId, CancellationToken cancellationToken)
    {
        var rows = (await transaction.Connection!.QueryAsync<Row>(new CommandDefinition(
            """
            select scope as Scope, plan_id as Plan, requests_per_second as RequestsPerSecond, burst as Burst, concurrency as Concurrency,
              monthly_invocations as MonthlyInvocations, monthly_egress_bytes as MonthlyEgressBytes
            from tenant_quota where tenant_id = current_tenant() order by scope
            """,
            transaction: transaction, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
        var whole = rows.Find(row => row.Scope == WholeTenant);
        return new TenantQuotaView
        {
            TenantId = tenantId,
            Plan = whole?.Plan ?? PlanKeeper.Default,
            Limits = whole?.Values ?? new QuotaValues(),
            Extensions = [.. rows.Where(row => row.Scope != WholeTenant).Select(row => new ExtensionQuotaView(row.Scope, row.Values))],
        };
    }

    private static string ToJson(TenantQuotaView quota) => JsonSerializer.Serialize(quota, RegistryJson.Default.TenantQuotaView);

    private sealed record Row
    {
        public required string Scope { get; init; }

        public string? Plan { get; init; }

        public double? RequestsPerSecond { get; init; }

        public int? Burst { get; init; }

        public int? Concurrency { get; init; }

        public long? MonthlyInvocations { get; init; }

        public long? MonthlyEgressBytes { get; init; }

        public QuotaValues Values => new()
        {
            RequestsPerSecond = RequestsPerSecond,
            Burst = Burst,
            Concurrency = Concurrency,
            MonthlyInvocations = MonthlyInvocations,
            MonthlyEgressBytes = MonthlyEgressBytes,
        };
    }
}
