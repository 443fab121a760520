using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Audit;

/// <summary>One change, as the audit log keeps it.</summary>
/// <param name="Action">What was done, such as <c>install.create</c>.</param>
/// <param name="Target">What it was done to: the extension's name, with the version where there is one.</param>
/// <param name="Before">State before as JSON, null when there was none.</param>
/// <param name="After">State after as JSON, null when there is none.</param>
public sealed record AuditEntry(string Action, string Target, string? Before, string? After)
{
    /// <summary>Whose names the change concerns: this publisher may read the entry. Null in a tenant's log, and for what only operators may read.</summary>
    public string? Publisher { get; init; }
}

/// <summary>Adds to the audit log, in the transaction of the change: neither is there without the other.</summary>
public sealed class AuditLog(TimeProvider time)
{
    /// <summary>Adds an entry.</summary>
    /// <param name="transaction">The change's transaction, which has the scope set.</param>
    /// <param name="scope">The tenant, or <c>TenantDatabase.PlatformScope</c>.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="entry">What was done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task AddAsync(NpgsqlTransaction transaction, Guid scope, Actor actor, AuditEntry entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into audit_log (tenant_id, audit_id, at, actor, action, target, request_id, before, after, publisher_id)
            values (@scope, @auditId, @now, @actor, @action, @target, @requestId, @before::json, @after::json, @publisher)
            """,
            new
            {
                scope,
                auditId = Guid.CreateVersion7(now),
                now,
                actor = actor.Name,
                action = entry.Action,
                target = entry.Target,
                requestId = actor.RequestId,
                before = entry.Before,
                after = entry.After,
                publisher = entry.Publisher,
            },
            transaction,
            cancellationToken: cancellationToken));
    }
}
