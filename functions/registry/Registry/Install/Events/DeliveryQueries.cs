using System.Data;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Paging;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Events;

/// <summary>Reads what was delivered to a tenant's install.</summary>
public sealed class DeliveryQueries(TenantDatabase database)
{
    private const string Columns =
        """
        d.delivery_id as DeliveryId, d.event_id as EventId, d.topic as Topic,
        case when d.schedule is null then d.order_key else '' end as Key, d.schedule as Schedule,
        d.method || ' ' || d.path as Endpoint, d.status as Status, d.attempts as Attempts, d.failures as Failures,
        case when d.status = 'pending' then d.next_attempt_at end as NextAttemptAt, d.created_at as CreatedAt, d.finished_at as FinishedAt
        """;

    internal static readonly Refusal NoDelivery = new(ErrorCode.NotFound, "There is no such delivery; it may be older than they are kept.");

    /// <summary>A page of deliveries, the newest first, or <c>extension_not_installed</c>.</summary>
    public Task<Outcome<Page<DeliveryView>>> ListAsync(Guid tenantId, string name, DeliveryFilter filter, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<Page<DeliveryView>>(
            tenantId,
            async (connection, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                var parameters = new DynamicParameters(new { name, take = filter.Page.Limit + 1 });
                // Typed, because a null says nothing about its type.
                parameters.Add("before", filter.Page.After.Length > 0 ? Guid.Parse(filter.Page.After) : null, DbType.Guid);
                parameters.Add("Status", filter.Status, DbType.String);
                parameters.Add("Topic", filter.Topic, DbType.String);
                var rows = await connection.QueryAsync<DeliveryView>(new CommandDefinition(
                    $"""
                    select {Columns} from extension_event_delivery d
                    join tenant_extension_install i using (tenant_id, install_id)
                    where d.tenant_id = current_tenant() and i.extension_id = @name and (@before is null or d.delivery_id < @before)
                      and (@Status is null or d.status = @Status) and (@Topic is null or d.topic = @Topic)
                    order by d.delivery_id desc limit @take
                    """,
                    parameters,
                    transaction,
                    cancellationToken: cancellationToken)).ConfigureAwait(false);
                return filter.Page.Cut(rows.AsList(), row => row.DeliveryId.ToString("D"));
            },
            cancellationToken);

    /// <summary>One delivery with its payload and attempts, or <c>extension_not_installed</c> or <c>not_found</c>.</summary>
    public Task<Outcome<DeliveryDetails>> FindAsync(Guid tenantId, string name, Guid deliveryId, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<DeliveryDetails>(
            tenantId,
            async (_, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                return await FindAsync(transaction, name, deliveryId, cancellationToken).ConfigureAwait(false) is { } found ? found : NoDelivery;
            },
            cancellationToken);

    internal static async Task<DeliveryDetails?> FindAsync(NpgsqlTransaction transaction, string name, Guid deliveryId, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"""
            select {Columns}, e.occurred_at as OccurredAt, e.payload::text as Payload, d.attempt_log::text as Log from extension_event_delivery d
            join host_event e using (tenant_id, event_id)
            join tenant_extension_install i using (tenant_id, install_id)
            where d.tenant_id = current_tenant() and i.extension_id = @name and d.delivery_id = @deliveryId
            """,
            new { name, deliveryId },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToDetails();
    }

    private sealed record Row : DeliveryView
    {
        public required DateTime OccurredAt { get; init; }

        public required string Payload { get; init; }

        public required string Log { get; init; }

        public DeliveryDetails ToDetails() => new()
        {
            DeliveryId = DeliveryId,
            EventId = EventId,
            Topic = Topic,
            Key = Key,
            Schedule = Schedule,
            Endpoint = Endpoint,
            Status = Status,
            Attempts = Attempts,
            Failures = Failures,
            NextAttemptAt = NextAttemptAt,
            CreatedAt = CreatedAt,
            FinishedAt = FinishedAt,
            OccurredAt = OccurredAt,
            Payload = JsonElement.Parse(Payload),
            Log = JsonElement.Parse(Log),
        };
    }
}
