using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Dapper;

namespace Alga.Extensions.Registry.Install.Events;

/// <summary>Tries dead deliveries again. One comes after what waits by then: its place in the order is gone.</summary>
public sealed class Redelivery(TenantDatabase database, AuditLog audit)
{
    /// <summary>Makes a dead delivery pending, or gives <c>extension_not_installed</c>, <c>not_found</c>, or <c>conflict</c> for one that is not dead.</summary>
    public Task<Outcome<DeliveryDetails>> RedeliverAsync(Guid tenantId, Actor actor, string name, Guid deliveryId, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<DeliveryDetails>(
            tenantId,
            async (connection, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                if (await DeliveryQueries.FindAsync(transaction, name, deliveryId, cancellationToken).ConfigureAwait(false) is not { } before) return DeliveryQueries.NoDelivery;
                var redelivered = await connection.ExecuteAsync(new CommandDefinition(
                    """
                    update extension_event_delivery
                    set status = 'pending', sequence = nextval('event_delivery_sequence'), failures = 0, finished_at = null,
                        next_attempt_at = clock_timestamp(), expires_at = clock_timestamp() + @lifetime
                    where tenant_id = @tenantId and delivery_id = @deliveryId and status = 'dead'
                    """,
                    new { tenantId, deliveryId, lifetime = PlatformLimits.DeliveryLifetime },
                    transaction,
                    cancellationToken: cancellationToken)).ConfigureAwait(false);
                if (redelivered == 0) return new Refusal(ErrorCode.Conflict, $"The delivery is {before.Status}; only a dead one is delivered again.");
                await audit.AddAsync(transaction, tenantId, actor, new AuditEntry("delivery.redeliver", name, null, ToJson(before)), cancellationToken).ConfigureAwait(false);
                var after = await DeliveryQueries.FindAsync(transaction, name, deliveryId, cancellationToken).ConfigureAwait(false);
                await EventAgenda.NoteAsync(transaction, cancellationToken).ConfigureAwait(false);
                return after!;
            },
            cancellationToken);

    /// <summary>Without the payload, which an audit log has no business with.</summary>
    private static string ToJson(DeliveryDetails delivery) => JsonSerializer.Serialize(
        new RedeliveredEvent(delivery.DeliveryId, delivery.EventId, delivery.Topic), RegistryJson.Default.RedeliveredEvent);
}

/// <summary>A redelivery as the audit log keeps it.</summary>
public sealed record RedeliveredEvent(Guid DeliveryId, string EventId, string Topic);
