using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>A session on the connection that it runs on.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="ConnectionId">Of this connection.</param>
/// <param name="StartedAt">When it began, by the database's clock.</param>
/// <param name="EndsAt">When it is over, by the same.</param>
internal sealed record TailSession(Guid SessionId, Guid ConnectionId, DateTime StartedAt, DateTime EndsAt);

/// <summary>Who wants to watch what.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ExtensionId">Name of the extension.</param>
/// <param name="Actor">Issuer and subject.</param>
/// <param name="RequestId">Id of the request.</param>
internal sealed record TailWatcher(Guid TenantId, string ExtensionId, string Actor, Guid RequestId);

/// <summary>Sessions of live tails: how many a tenant has over all gateways, how long they last, and that the audit log knows of each.</summary>
internal sealed class TailSessions(TenantDatabase database, TailOptions options, TimeProvider time)
{
    private static readonly Refusal NotInstalled = new(ErrorCode.ExtensionNotInstalled, "Your organisation does not have this extension.");

    /// <summary>
    /// Begins a session, with an entry in the audit log; or takes one up on a new connection, which replaces the one it had.
    /// </summary>
    /// <param name="watcher">Who watches what.</param>
    /// <param name="sessionId">The session to take up; null to begin one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// The session; null for one that is over or is none of this watcher's. Refused with <c>extension_not_installed</c>, or with
    /// <c>rate_limited</c> where the tenant has as many sessions as it may.
    /// </returns>
    public Task<Outcome<TailSession?>> OpenAsync(TailWatcher watcher, Guid? sessionId, CancellationToken cancellationToken) => database.TryInTenantAsync<TailSession?>(
        watcher.TenantId,
        async (connection, transaction) =>
        {
            if (!await IsInstalledAsync(connection, transaction, watcher, cancellationToken)) return NotInstalled;
            if (await FindCountFaultAsync(connection, transaction, watcher.TenantId, sessionId, cancellationToken) is { } full) return full;
            return sessionId is { } known
                ? await ResumeAsync(connection, transaction, watcher, known, cancellationToken)
                : await BeginAsync(connection, transaction, watcher, cancellationToken);
        },
        cancellationToken);

    /// <summary>Says that a connection lives; false when its session is over or runs on another connection.</summary>
    public Task<bool> HoldAsync(Guid tenantId, TailSession session, CancellationToken cancellationToken) =>
        SetHeldAsync(tenantId, session, options.Hold, cancellationToken);

    /// <summary>Says that a connection is gone, so that somebody else may watch in its place. The session can be taken up again.</summary>
    public Task LeaveAsync(Guid tenantId, TailSession session, CancellationToken cancellationToken) =>
        SetHeldAsync(tenantId, session, TimeSpan.Zero, cancellationToken);

    private Task<bool> SetHeldAsync(Guid tenantId, TailSession session, TimeSpan hold, CancellationToken cancellationToken) => database.InTenantAsync(
        tenantId,
        async (connection, transaction) => await connection.ExecuteAsync(new CommandDefinition(
            """
            update execution_tail_session set held_until = clock_timestamp() + @hold
            where tenant_id = @tenantId and session_id = @SessionId and connection_id = @ConnectionId and ends_at > clock_timestamp()
            """,
            new { tenantId, session.SessionId, session.ConnectionId, hold },
            transaction,
            cancellationToken: cancellationToken)) == 1,
        cancellationToken);

    private async Task<TailSession> BeginAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, TailWatcher watcher, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (sessionId, connectionId) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        var session = await connection.QuerySingleAsync<TailSession>(new CommandDefinition(
            """
            delete from execution_tail_session where tenant_id = @TenantId and ends_at < clock_timestamp() - interval '1 day';
            insert into execution_tail_session (tenant_id, session_id, extension_id, actor, connection_id, started_at, ends_at, held_until)
            values (@TenantId, @sessionId, @ExtensionId, @Actor, @connectionId, clock_timestamp(), clock_timestamp() + @lasts, clock_timestamp() + @hold)
            returning session_id as SessionId, connection_id as ConnectionId, started_at as StartedAt, ends_at as EndsAt
            """,
            new { watcher.TenantId, sessionId, watcher.ExtensionId, watcher.Actor, connectionId, lasts = options.SessionTime, hold = options.Hold },
            transaction,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into audit_log (tenant_id, audit_id, at, actor, action, target, request_id, before, after, publisher_id)
            values (@TenantId, @auditId, @now, @Actor, 'execution.tail', @ExtensionId, @RequestId, null, @after::json, null)
            """,
            new
            {
                watcher.TenantId,
                auditId = Guid.CreateVersion7(now),
                now,
                watcher.Actor,
                watcher.ExtensionId,
                watcher.RequestId,
                after = JsonSerializer.Serialize(new TailStart(sessionId, session.EndsAt), TailJson.Default.TailStart),
            },
            transaction,
            cancellationToken: cancellationToken));
        return session;
    }

    private Task<TailSession?> ResumeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TailWatcher watcher, Guid sessionId, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<TailSession?>(new CommandDefinition(
            """
            update execution_tail_session set connection_id = @connectionId, held_until = clock_timestamp() + @hold
            where tenant_id = @TenantId and session_id = @sessionId and extension_id = @ExtensionId and actor = @Actor and ends_at > clock_timestamp()
            returning session_id as SessionId, connection_id as ConnectionId, started_at as StartedAt, ends_at as EndsAt
            """,
            new { watcher.TenantId, sessionId, watcher.ExtensionId, watcher.Actor, connectionId = Guid.CreateVersion7(time.GetUtcNow()), hold = options.Hold },
            transaction,
            cancellationToken: cancellationToken));

    private static Task<bool> IsInstalledAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, TailWatcher watcher, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from tenant_extension_install where tenant_id = @TenantId and extension_id = @ExtensionId and status <> 'uninstalled')",
            new { watcher.TenantId, watcher.ExtensionId },
            transaction,
            cancellationToken: cancellationToken));

    private async Task<Refusal?> FindCountFaultAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenantId, Guid? besides, CancellationToken cancellationToken)
    {
        // One after the other: of two that would be the last, one is.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@tenantId::text || ' execution_tail', 0))", new { tenantId }, transaction, cancellationToken: cancellationToken));
        var sessions = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            select count(*)::int from execution_tail_session
            where tenant_id = @tenantId and session_id is distinct from @besides and held_until > clock_timestamp() and ends_at > clock_timestamp()
            """,
            new { tenantId, besides },
            transaction,
            cancellationToken: cancellationToken));
        return sessions < options.MaxSessions ? null : new Refusal(ErrorCode.RateLimited, $"Your organisation watches executions {options.MaxSessions} times already, the most at one time; end one of them.");
    }
}
