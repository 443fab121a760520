using System.Text.Json;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Paging;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Audit;

/// <summary>Reads the audit log, the latest entry first. Ids are UUIDv7, so their order is that of time, and no entry is ever changed.</summary>
public sealed class AuditQueries(TenantDatabase database)
{
    /// <summary>Entries of a tenant's log.</summary>
    public Task<Page<AuditView>> ListAsync(Guid tenantId, AuditFilter filter, CancellationToken cancellationToken) =>
        database.InTenantAsync(tenantId, (_, transaction) => ListAsync(transaction, null, filter, cancellationToken), cancellationToken);

    /// <summary>Entries of the platform's log.</summary>
    /// <param name="publishers">Only what concerns names of these publishers; null for all.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<Page<AuditView>> ListPlatformAsync(IReadOnlyList<string>? publishers, AuditFilter filter, CancellationToken cancellationToken) =>
        database.InPlatformAsync((_, transaction) => ListAsync(transaction, publishers, filter, cancellationToken), cancellationToken);

    private static async Task<Page<AuditView>> ListAsync(
        NpgsqlTransaction transaction, IReadOnlyList<string>? publishers, AuditFilter filter, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<AuditRow>(new CommandDefinition(
            """
            select audit_id as Id, at as At, actor as Actor, action as Action, target as Target, request_id as RequestId, before as Before, after as After
            from audit_log
            where tenant_id = current_tenant()
              and (@before::uuid is null or audit_id < @before)
              and (@publishers::text[] is null or publisher_id = any (@publishers))
              and (@target::text is null or target = @target or starts_with(target, @target || '@'))
              and (@action::text is null or action = @action or starts_with(action, @action || '.'))
            order by audit_id desc
            limit @take
            """,
            new
            {
                before = filter.Before,
                publishers = publishers?.ToArray(),
                target = filter.Target,
                action = filter.Action,
                take = filter.Page.Limit + 1,
            },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return filter.Page.Cut([.. rows.Select(row => row.ToView())], entry => entry.Id.ToString("D"));
    }

    private sealed record AuditRow
    {
        public required Guid Id { get; init; }

        public required DateTime At { get; init; }

        public required string Actor { get; init; }

        public required string Action { get; init; }

        public required string Target { get; init; }

        public required Guid RequestId { get; init; }

        public string? Before { get; init; }

        public string? After { get; init; }

        public AuditView ToView() => new()
        {
            Id = Id,
            At = At,
            Actor = Actor,
            Action = Action,
            Target = Target,
            RequestId = RequestId,
            Before = Before is null ? null : JsonElement.Parse(Before),
            After = After is null ? null : JsonElement.Parse(After),
        };
    }
}
