using Alga.Extensions.Database;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Events;

/// <summary>
/// Which tenants want attention. A dispatcher takes one for a while; when it dies, the tenant comes back by the database's
/// clock. That two work on one tenant is no harm, since each delivery is handed out on its own.
/// </summary>
internal sealed class EventAgenda(TenantDatabase database)
{
    /// <summary>How long a tenant is a dispatcher's own; one that works longer may get company.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);

    /// <summary>The tenant that waits longest, or null where none is due.</summary>
    public Task<Guid?> TakeAsync(CancellationToken cancellationToken) => database.InPlatformAsync(
        (connection, transaction) => connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            update event_agenda set due_at = clock_timestamp() + @Hold
            where owner_id = (
              select owner_id from event_agenda where due_at <= clock_timestamp() order by due_at limit 1 for update skip locked)
            returning owner_id
            """,
            new { Hold },
            transaction,
            cancellationToken: cancellationToken)),
        cancellationToken);

    /// <summary>Time until the next tenant is due, zero or less when one is; null when nothing is on the agenda.</summary>
    public Task<TimeSpan?> UntilNextAsync(CancellationToken cancellationToken) => database.InPlatformAsync(
        (connection, transaction) => connection.QuerySingleAsync<TimeSpan?>(new CommandDefinition(
            "select min(due_at) - clock_timestamp() from event_agenda",
            transaction: transaction,
            cancellationToken: cancellationToken)),
        cancellationToken);

    /// <summary>Puts a tenant back for when its next thing is due, or takes it off where there is none.</summary>
    public Task<bool> ReleaseAsync(Guid tenantId, CancellationToken cancellationToken) => database.InPlatformAsync(
        async (connection, transaction) =>
        {
            // Whoever adds something from here on waits for this row, and then finds it due again: nothing is missed in between.
            await connection.ExecuteAsync(new CommandDefinition(
                "select from event_agenda where owner_id = @tenantId for update", new { tenantId }, transaction, cancellationToken: cancellationToken));
            var next = await NextDueAsync(transaction, tenantId, cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(
                """
                delete from event_agenda where owner_id = @tenantId and @next::timestamptz is null;
                update event_agenda set due_at = greatest(@next, clock_timestamp()) where owner_id = @tenantId;
                """,
                new { tenantId, next },
                transaction,
                cancellationToken: cancellationToken));
            return next is not null;
        },
        cancellationToken);

    private static async Task<DateTime?> NextDueAsync(NpgsqlTransaction transaction, Guid tenantId, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await SetScopeAsync(connection, transaction, tenantId, cancellationToken);
        var next = await connection.QuerySingleAsync<DateTime?>(new CommandDefinition(
            $"""
            with {DeliveryHeads.Near}
            select least(
              coalesce(
                (select statement_timestamp() from near_head limit 1),
                (select min(greatest(d.next_attempt_at, d.lease_until)) from extension_event_delivery d where {DeliveryHeads.IsHead})),
              (select min(s.next_run_at) from extension_schedule s join tenant_extension_install i using (tenant_id, install_id)
                where s.tenant_id = @tenantId and i.status = 'enabled'),
              -- An old event that still waits is looked at once an hour.
              (select greatest(e.accepted_at + @retention, clock_timestamp() + interval '1 hour') from host_event e where e.tenant_id = @tenantId order by e.accepted_at limit 1))
            """,
            new { tenantId, retention = DeliveryRules.Retention },
            transaction,
            cancellationToken: cancellationToken));
        await SetScopeAsync(connection, transaction, TenantDatabase.PlatformScope, cancellationToken);
        return next;
    }

    private static Task<int> SetScopeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid scope, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "select set_config('app.tenant_id', @scope::text, true)", new { scope }, transaction, cancellationToken: cancellationToken));
}
