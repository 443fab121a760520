using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>The plans that operators make. A change shows in the gateways within 30 s.</summary>
public sealed partial class PlanKeeper(TenantDatabase database, AuditLog audit)
{
    /// <summary>The plan of tenants of which nothing is said; it can be changed and not deleted.</summary>
    public const string Default = "default";

    private const string Select =
        """
        select plan_id as Plan, tenant_requests_per_second as TenantRate, tenant_burst as TenantBurst, tenant_concurrency as TenantConcurrency,
          tenant_monthly_invocations as TenantInvocations, tenant_monthly_egress_bytes as TenantEgress,
          extension_requests_per_second as ExtensionRate, extension_burst as ExtensionBurst, extension_concurrency as ExtensionConcurrency,
          extension_monthly_invocations as ExtensionInvocations, extension_monthly_egress_bytes as ExtensionEgress
        from quota_plan
        """;

    private static readonly Refusal NoPlan = new(ErrorCode.NotFound, "There is no plan of this name; GET /api/registry/plans lists them.");

    private static readonly Refusal BadName = new(ErrorCode.InvalidRequest, "A plan's name is 1 to 64 characters of a-z, 0-9, _ and -, starting with a letter or digit.");

    private static readonly Refusal IsDefault = new(ErrorCode.Conflict, "The plan default is the one of every tenant of which nothing else is said; change it instead.");

    private static readonly Refusal InUse = new(ErrorCode.Conflict, "Tenants have this plan; give them another one first.");

    /// <summary>All plans by name.</summary>
    public Task<IReadOnlyList<PlanView>> ListAsync(CancellationToken cancellationToken) =>
        database.InPlatformAsync<IReadOnlyList<PlanView>>(
            async (_, transaction) => [.. (await QueryAsync(transaction, " order by plan_id", null, cancellationToken).ConfigureAwait(false)).Select(row => row.Show())],
            cancellationToken);

    /// <summary>A plan, or <c>not_found</c>.</summary>
    public Task<Outcome<PlanView>> FindAsync(string plan, CancellationToken cancellationToken) =>
        database.TryInPlatformAsync<PlanView>(async (_, transaction) => await ReadAsync(transaction, plan, cancellationToken).ConfigureAwait(false) is { } found ? found : NoPlan, cancellationToken);

    /// <summary>Makes a plan, or puts other limits in the place of those that it has. Gives it, and whether it is new.</summary>
    public Task<Outcome<(PlanView Plan, bool IsNew)>> PutAsync(Actor actor, string plan, PlanRequest request, IfMatch ifMatch, CancellationToken cancellationToken) =>
        database.TryInPlatformAsync<(PlanView, bool)>(
            async (connection, transaction) =>
            {
                if (!IsName(plan)) return BadName;
                if ((request.Tenant.Check() ?? request.Extension.Check()) is { } invalid) return invalid;
                var before = await LockAsync(transaction, plan, cancellationToken).ConfigureAwait(false);
                if (ifMatch.Check(TagOf(before), "plan") is { } stale) return stale;
                var after = new PlanView(plan, request.Tenant, request.Extension);
                if (before == after) return (after, false);
                var parameters = new DynamicParameters(new { plan });
                QuotaColumns.Add(parameters, "tenant", request.Tenant);
                QuotaColumns.Add(parameters, "extension", request.Extension);
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into quota_plan (plan_id, tenant_requests_per_second, tenant_burst, tenant_concurrency, tenant_monthly_invocations, tenant_monthly_egress_bytes,
                      extension_requests_per_second, extension_burst, extension_concurrency, extension_monthly_invocations, extension_monthly_egress_bytes)
                    values (@plan, @tenantRate, @tenantBurst, @tenantConcurrency, @tenantInvocations, @tenantEgress,
                      @extensionRate, @extensionBurst, @extensionConcurrency, @extensionInvocations, @extensionEgress)
                    on conflict (plan_id) do update set
                      tenant_requests_per_second = excluded.tenant_requests_per_second, tenant_burst = excluded.tenant_burst, tenant_concurrency = excluded.tenant_concurrency,
                      tenant_monthly_invocations = excluded.tenant_monthly_invocations, tenant_monthly_egress_bytes = excluded.tenant_monthly_egress_bytes,
                      extension_requests_per_second = excluded.extension_requests_per_second, extension_burst = excluded.extension_burst,
                      extension_concurrency = excluded.extension_concurrency, extension_monthly_invocations = excluded.extension_monthly_invocations,
                      extension_monthly_egress_bytes = excluded.extension_monthly_egress_bytes
                    """,
                    parameters, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                await AuditAsync(transaction, actor, before is null ? "plan.create" : "plan.change", plan, before, after, cancellationToken).ConfigureAwait(false);
                return (after, before is null);
            },
            cancellationToken);

    /// <summary>Deletes a plan that no tenant has.</summary>
    public async Task<Outcome<PlanView>> DeleteAsync(Actor actor, string plan, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        try
        {
            return await database.TryInPlatformAsync<PlanView>(
                async (connection, transaction) =>
                {
                    if (await LockAsync(transaction, plan, cancellationToken).ConfigureAwait(false) is not { } before) return NoPlan;
                    if (plan == Default) return IsDefault;
                    if (ifMatch.Check(TagOf(before), "plan") is { } stale) return stale;
                    await connection.ExecuteAsync(new CommandDefinition("delete from quota_plan where plan_id = @plan", new { plan }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                    await AuditAsync(transaction, actor, "plan.delete", plan, before, null, cancellationToken).ConfigureAwait(false);
                    return before;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return InUse;
        }
    }

    /// <summary>A plan's entity tag; null for none.</summary>
    internal static string? TagOf(PlanView? plan) => plan is null ? null : ContentTag.Of(plan, RegistryJson.Default.PlanView);

    /// <summary>Two who make or change the same plan come one after the other, also where it is not there yet.</summary>
    private static async Task<PlanView?> LockAsync(NpgsqlTransaction transaction, string plan, CancellationToken cancellationToken)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@plan, 7026))", new { plan }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return await ReadAsync(transaction, plan, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<PlanView?> ReadAsync(NpgsqlTransaction transaction, string plan, CancellationToken cancellationToken) =>
        (await QueryAsync(transaction, " where plan_id = @plan", plan, cancellationToken).ConfigureAwait(false)).SingleOrDefault()?.Show();

    private static Task<IEnumerable<Row>> QueryAsync(NpgsqlTransaction transaction, string rest, string? plan, CancellationToken cancellationToken) =>
        transaction.Connection!.QueryAsync<Row>(new CommandDefinition(Select + rest, new { plan }, transaction, cancellationToken: cancellationToken));

    private Task AuditAsync(NpgsqlTransaction transaction, Actor actor, string action, string plan, PlanView? before, PlanView? after, CancellationToken cancellationToken) =>
        audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, new AuditEntry(action, plan, ToJson(before), ToJson(after)), cancellationToken);

    private static string? ToJson(PlanView? plan) => plan is null ? null : JsonSerializer.Serialize(plan, RegistryJson.Default.PlanView);

    /// <summary>Whether a plan can have this name.</summary>
    internal static bool IsName(string text) => Name().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private sealed record Row
    {
        public required string Plan { get; init; }

        public double? TenantRate { get; init; }

        public int? TenantBurst { get; init; }

        public int? TenantConcurrency { get; init; }

        public long? TenantInvocations { get; init; }

        public long? TenantEgress { get; init; }

        public double? ExtensionRate { get; init; }

        public int? ExtensionBurst { get; init; }

        public int? ExtensionConcurrency { get; init; }

        public long? ExtensionInvocations { get; init; }

        public long? ExtensionEgress { get; init; }

        public PlanView Show() => new(
            Plan,
            new QuotaValues { RequestsPerSecond = TenantRate, Burst = TenantBurst, Concurrency = TenantConcurrency, MonthlyInvocations = TenantInvocations, MonthlyEgressBytes = TenantEgress },
            new QuotaValues { RequestsPerSecond = ExtensionRate, Burst = ExtensionBurst, Concurrency = ExtensionConcurrency, MonthlyInvocations = ExtensionInvocations, MonthlyEgressBytes = ExtensionEgress });
    }
}
