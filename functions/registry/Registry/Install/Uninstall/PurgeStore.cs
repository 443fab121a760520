using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Uninstall;

/// <summary>Statements of a purge. Those of a tenant run in its scope, the agenda's in the platform's.</summary>
internal static class PurgeStore
{
    /// <summary>Uninstalled extensions whose time is over, the longest first.</summary>
    public static async Task<IReadOnlyList<(Guid Owner, string Name)>> DueAsync(
        NpgsqlTransaction transaction, DateTime now, int take, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<(Guid, string)>(new CommandDefinition(
            "select owner_id, extension_id from install_purge where purge_after <= @now order by purge_after limit @take",
            new { now, take },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return rows.AsList();
    }

    /// <summary>Begins a purge, or goes on with one: from its commit on nobody can restore. Null where nothing is due.</summary>
    public static Task<Guid?> BeginAsync(NpgsqlTransaction transaction, string name, DateTime now, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            update tenant_extension_install
            set purge_started_at = coalesce(purge_started_at, @now),
                revision = revision + case when purge_started_at is null then 1 else 0 end
            where extension_id = @name and status = 'uninstalled' and purge_after <= @now
            returning install_id
            """,
            new { name, now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>
    /// Deletes some of what the extension stored, in the order of the primary key: one range of its index, whatever the
    /// planner knows of the table. Gives how many entries.
    /// </summary>
    public static Task<int> DeleteEntriesAsync(
        NpgsqlTransaction transaction, Guid tenantId, string name, int take, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            with due as (
              select namespace, key from extension_storage_entry
              where tenant_id = @tenantId and extension_id = @name order by namespace, key limit @take
            )
            delete from extension_storage_entry
            where tenant_id = @tenantId and extension_id = @name
              and (namespace, key) <= (select namespace, key from due order by namespace desc, key desc limit 1)
            """,
            new { tenantId, name, take },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Deletes the install with all that refers to it; false when another purge was faster.</summary>
    public static async Task<bool> DeleteInstallAsync(
        NpgsqlTransaction transaction, Guid tenantId, Guid installId, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from tenant_extension_install where tenant_id = @tenantId and install_id = @installId and purge_started_at is not null",
            new { tenantId, installId },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false) == 1;
}
