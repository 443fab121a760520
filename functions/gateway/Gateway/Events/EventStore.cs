using System.Data;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Accepts events: the event, its deliveries and the note for the dispatchers are there together, or not at all.</summary>
internal sealed class EventStore(TenantDatabase database, TimeProvider time)
{
    private static readonly Refusal OtherContent = new(
        ErrorCode.Conflict, "An event with this id was accepted before, with another topic, key or payload. Give each event an id of its own.");

    /// <summary>Accepts an event, or tells that it was accepted before; <c>conflict</c> when its id belongs to another.</summary>
    public Task<Outcome<HostEventAnswer>> AcceptAsync(Guid tenantId, HostEventRequest request, CancellationToken cancellationToken)
    {
        var id = request.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("D");
        return database.TryInTenantAsync<HostEventAnswer>(
            tenantId,
            async (_, transaction) =>
            {
                if (!await InsertAsync(transaction, tenantId, id, request, cancellationToken)) return await RepeatAsync(transaction, tenantId, id, request, cancellationToken);
                var installs = await SubscribersAsync(transaction, tenantId, request, cancellationToken);
                await DeliverAsync(transaction, tenantId, id, request, installs, cancellationToken);
                return new HostEventAnswer(id, installs.Count, Duplicate: false);
            },
            cancellationToken);
    }

    private static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, Guid tenantId, string id, HostEventRequest request, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into host_event (tenant_id, event_id, topic, order_key, payload, occurred_at, accepted_at)
            values (@tenantId, @id, @Topic, @key, @payload::json, coalesce(@OccurredAt, clock_timestamp()), clock_timestamp())
            on conflict do nothing
            """,
            Parameters(tenantId, id, request),
            transaction,
            cancellationToken: cancellationToken)) == 1;

    /// <summary>Text against text: what a host application sends again is what it sent.</summary>
    private static async Task<Outcome<HostEventAnswer>> RepeatAsync(
        NpgsqlTransaction transaction, Guid tenantId, string id, HostEventRequest request, CancellationToken cancellationToken)
    {
        var (same, deliveries) = await transaction.Connection!.QuerySingleAsync<(bool, int)>(new CommandDefinition(
            """
            select topic = @Topic and order_key = @key and payload::text = @payload,
                   (select count(*)::int from extension_event_delivery d where d.tenant_id = @tenantId and d.event_id = @id)
            from host_event where tenant_id = @tenantId and event_id = @id
            """,
            Parameters(tenantId, id, request),
            transaction,
            cancellationToken: cancellationToken));
        return same ? new HostEventAnswer(id, deliveries, Duplicate: true) : OtherContent;
    }

    private static async Task<IReadOnlyList<Guid>> SubscribersAsync(
        NpgsqlTransaction transaction, Guid tenantId, HostEventRequest request, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<(Guid InstallId, string? Filter)>(new CommandDefinition(
            """
            select s.install_id, s.filter::text from extension_event_subscription s
            join tenant_extension_install i using (tenant_id, install_id)
            where s.tenant_id = @tenantId and s.topic = @Topic and i.status = 'enabled'
            """,
            new { tenantId, request.Topic },
            transaction,
            cancellationToken: cancellationToken));
        return [.. rows.Where(row => EventFilter.Matches(row.Filter is null ? null : JsonElement.Parse(row.Filter), request.Payload)).Select(row => row.InstallId)];
    }

    private Task<int> DeliverAsync(
        NpgsqlTransaction transaction, Guid tenantId, string id, HostEventRequest request, IReadOnlyList<Guid> installs, CancellationToken cancellationToken)
    {
        var parameters = Parameters(tenantId, id, request);
        parameters.Add("installs", installs.ToArray());
        parameters.Add("ids", installs.Select(_ => Guid.CreateVersion7(time.GetUtcNow())).ToArray());
        parameters.Add("lifetime", PlatformLimits.DeliveryLifetime);
        parameters.Add("retention", DeliveryRules.Retention);
        // The lock is held until the commit, so that numbers are seen in the order in which they were given.
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            select pg_advisory_xact_lock(hashtextextended(@tenantId::text || @Topic || '/' || @key, 7024)) where cardinality(@installs) > 0;
            insert into extension_event_delivery (tenant_id, delivery_id, install_id, event_id, topic, order_key, next_attempt_at, expires_at, created_at)
            select @tenantId, delivery_id, install_id, @id, @Topic, @key, clock_timestamp(), clock_timestamp() + @lifetime, clock_timestamp()
            from unnest(@ids, @installs) as chosen (delivery_id, install_id);
            select note_event_agenda(clock_timestamp() + case when cardinality(@installs) > 0 then interval '0' else @retention end);
            """,
            parameters,
            transaction,
            cancellationToken: cancellationToken));
    }

    private static DynamicParameters Parameters(Guid tenantId, string id, HostEventRequest request)
    {
        var parameters = new DynamicParameters(new { tenantId, id, request.Topic, key = request.Key ?? "", payload = request.Payload.GetRawText() });
        parameters.Add("OccurredAt", request.OccurredAt?.UtcDateTime, DbType.DateTime);
        return parameters;
    }
}
