using Alga.Extensions.Database;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>
/// Notes for work across tenants, kept in the transaction of the change that gives cause for them: whose installs follow an
/// extension, and which are due for a purge. They stand in the platform's scope, so no tenant's transaction reads them.
/// </summary>
public static class InstallAgenda
{
    /// <summary>Brings the notes about an install in step with its state.</summary>
    /// <param name="transaction">The tenant's; the scope is changed for these statements alone.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="before">Null for a new install.</param>
    /// <param name="after">Null for one that was purged.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Task NoteAsync(
        NpgsqlTransaction transaction, Guid tenantId, InstallState? before, InstallState? after, CancellationToken cancellationToken)
    {
        if (Follows(before) == Follows(after) && before?.Uninstalled?.Until == after?.Uninstalled?.Until) return Task.CompletedTask;
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            select set_config('app.tenant_id', @platform::text, true);
            delete from install_follower where extension_id = @name and owner_id = @tenantId and not @follows;
            insert into install_follower (tenant_id, extension_id, owner_id) select @platform, @name, @tenantId where @follows
            on conflict do nothing;
            delete from install_purge where owner_id = @tenantId and extension_id = @name;
            insert into install_purge (tenant_id, owner_id, extension_id, purge_after)
            select @platform, @tenantId, @name, @purgeAfter where @purgeAfter::timestamptz is not null;
            select set_config('app.tenant_id', @tenantId::text, true);
            """,
            new
            {
                platform = TenantDatabase.PlatformScope,
                tenantId,
                name = (after ?? before)!.Name,
                follows = Follows(after),
                purgeAfter = after?.Uninstalled?.Until,
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    private static bool Follows(InstallState? install) => install is { IsInstalled: true, Policy: not Follow.RolloutPolicy.Pin };
}
