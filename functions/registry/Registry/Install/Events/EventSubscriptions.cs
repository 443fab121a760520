using Alga.Extensions.Registry.Install.State;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Events;

/// <summary>
/// The topics that an install is subscribed to: those of the manifest of the version it runs, in the transaction that makes
/// it run it. One that is uninstalled has none; one that is disabled keeps them, and whoever delivers looks at the status.
/// </summary>
public static class EventSubscriptions
{
    /// <summary>Puts the version's topics in the place of those that were there.</summary>
    public static Task ReplaceAsync(NpgsqlTransaction transaction, Guid tenantId, InstallState install, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            delete from extension_event_subscription where tenant_id = @tenantId and install_id = @installId;
            insert into extension_event_subscription (tenant_id, install_id, topic, filter, version_id)
            select @tenantId, @installId, topic, filter::json, @versionId from unnest(@topics::text[], @filters::text[]) as events (topic, filter);
            """,
            new
            {
                tenantId,
                installId = install.InstallId,
                versionId = install.VersionId,
                topics = install.Manifest.Events.Select(subscription => subscription.Topic).ToArray(),
                filters = install.Manifest.Events.Select(subscription => subscription.Filter?.GetRawText()).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Takes all topics away.</summary>
    public static Task RemoveAsync(NpgsqlTransaction transaction, Guid tenantId, Guid installId, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from extension_event_subscription where tenant_id = @tenantId and install_id = @installId",
            new { tenantId, installId },
            transaction,
            cancellationToken: cancellationToken));
}
