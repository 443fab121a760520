using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>Tells gateways and runners of changes. PostgreSQL delivers at commit, and not at all after a rollback.</summary>
public static class InstallNotices
{
    /// <summary>On channel <c>install_changed</c>: <c>tenant_id extension_id install_id</c>, for whoever keeps installs in memory.</summary>
    public static Task ChangedAsync(NpgsqlTransaction transaction, Guid tenantId, InstallState install, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_notify('install_changed', @payload)",
            new { payload = $"{tenantId:D} {install.Name} {install.InstallId:D}" },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>On channel <c>extension_installed</c>: the content hash, for runners to load ahead of the first request.</summary>
    public static Task InstalledAsync(NpgsqlTransaction transaction, string contentHash, DateTime now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update extension_bundle set last_installed_at = @now where content_hash = @contentHash;
            select pg_notify('extension_installed', @contentHash);
            """,
            new { contentHash, now },
            transaction,
            cancellationToken: cancellationToken));
}
