using System.Data;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Dapper;

namespace Alga.Extensions.Gateway.Events;

/// <summary>
/// Deliveries of a tenant. Each is handed out to one dispatcher at a time, by the database's clock; only the first of a chain
/// (install, topic and key) is, so order holds; and who was too late to say how it ended is not heard.
/// </summary>
internal sealed class DeliveryStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>Hands out what <see cref="ClaimAsync"/> says.</summary>
    internal const string Claim =
        $"""
        with {DeliveryHeads.Near},
        due as (
          select d.delivery_id from extension_event_delivery d
          where {DeliveryHeads.IsDueHead}
            and d.next_attempt_at <= clock_timestamp() and (d.lease_until is null or d.lease_until <= clock_timestamp())
          order by d.next_attempt_at, d.sequence limit @take for update of d skip locked
        ),
        claimed as (
          update extension_event_delivery d
          set lease_id = @leaseId, lease_until = clock_timestamp() + @lease, attempts = d.attempts + 1
          from due where d.tenant_id = @tenantId and d.delivery_id = due.delivery_id
          returning d.*
        )
        select c.delivery_id as DeliveryId, c.install_id as InstallId, c.lease_id as LeaseId, c.event_id as EventId, c.topic as Topic,
               c.schedule as Schedule, c.method as Method, c.path as Path, e.payload::text as Payload, e.occurred_at as OccurredAt,
               c.attempts as Attempts, c.failures as Failures,
               case when c.schedule is null
                 then exists (select from extension_event_subscription s where s.tenant_id = @tenantId and s.install_id = c.install_id and s.topic = c.topic)
                 else exists (select from extension_schedule s where s.tenant_id = @tenantId and s.install_id = c.install_id and s.name = c.schedule)
               end as IsWanted
        from claimed c join host_event e on e.tenant_id = @tenantId and e.event_id = c.event_id
        order by c.sequence
        """;

    private const int MaxLogEntries = 20;
    private const int PurgeBatch = 1_000;

    /// <summary>Hands out deliveries that are due, the longest waiting first.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="lease">For how long they are this dispatcher's.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<IReadOnlyList<Delivery>> ClaimAsync(Guid tenantId, int take, TimeSpan lease, CancellationToken cancellationToken) =>
        database.InTenantAsync<IReadOnlyList<Delivery>>(
            tenantId,
            async (connection, transaction) => (await connection.QueryAsync<Delivery>(new CommandDefinition(
                Claim,
                new { tenantId, take, lease, leaseId = Guid.CreateVersion7(time.GetUtcNow()) },
                transaction,
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <summary>Writes down how an attempt ended; false when the lease was over and somebody else has the delivery.</summary>
    public Task<bool> EndAsync(Guid tenantId, Delivery delivery, AttemptEnd end, CancellationToken cancellationToken) =>
        database.InTenantAsync(
            tenantId,
            async (connection, transaction) => await connection.ExecuteAsync(new CommandDefinition(
                """
                update extension_event_delivery
                set status = @Status, failures = failures + case when @IsFailure then 1 else 0 end,
                    next_attempt_at = clock_timestamp() + @Delay, lease_id = null, lease_until = null,
                    expires_at = case when @IsOverQuota then greatest(expires_at, clock_timestamp() + @lifetime) else expires_at end,
                    finished_at = case when @Status = 'pending' then null else clock_timestamp() end,
                    attempt_log = case when jsonb_array_length(attempt_log) >= @max then attempt_log - 0 else attempt_log end
                      || jsonb_build_object('attempt', attempts, 'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'requestId', @RequestId, 'status', @httpStatus, 'code', @code)
                where tenant_id = @tenantId and delivery_id = @DeliveryId and lease_id = @LeaseId
                """,
                Parameters(tenantId, delivery, end),
                transaction,
                cancellationToken: cancellationToken)) == 1,
            cancellationToken);

    /// <summary>Gives up what waited for too long, and says how many those were.</summary>
    public Task<int> ExpireAsync(Guid tenantId, CancellationToken cancellationToken) =>
        database.InTenantAsync(
            tenantId,
            (connection, transaction) => connection.ExecuteAsync(new CommandDefinition(
                """
                update extension_event_delivery
                set status = 'dead', finished_at = clock_timestamp(), lease_id = null, lease_until = null,
                    attempt_log = attempt_log || jsonb_build_object('attempt', attempts, 'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'requestId', null, 'status', null, 'code', 'expired')
                where tenant_id = @tenantId and status = 'pending' and expires_at <= clock_timestamp() and (lease_until is null or lease_until <= clock_timestamp())
                """,
                new { tenantId },
                transaction,
                cancellationToken: cancellationToken)),
            cancellationToken);

    /// <summary>Deletes events that were kept long enough, with their deliveries.</summary>
    public async Task PurgeAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        for (var deleted = PurgeBatch; deleted == PurgeBatch;)
        {
            deleted = await database.InTenantAsync(
                tenantId,
                (connection, transaction) => connection.ExecuteScalarAsync<int>(new CommandDefinition(
                    """
                    with old as (
                      select e.event_id from host_event e
                      where e.tenant_id = @tenantId and e.accepted_at <= statement_timestamp() - @retention
                        and not exists (select from extension_event_delivery d where d.tenant_id = @tenantId and d.event_id = e.event_id and d.status = 'pending')
                      order by e.accepted_at limit @batch
                    ),
                    gone as (delete from host_event e using old where e.tenant_id = @tenantId and e.event_id = old.event_id returning 1)
                    select count(*)::int from gone;
                    """,
                    new { tenantId, retention = DeliveryRules.Retention, batch = PurgeBatch },
                    transaction,
                    cancellationToken: cancellationToken)),
                cancellationToken);
        }
    }

    private static DynamicParameters Parameters(Guid tenantId, Delivery delivery, AttemptEnd end)
    {
        var parameters = new DynamicParameters(new { tenantId, delivery.DeliveryId, delivery.LeaseId, end.Status, end.IsFailure, end.Delay, end.RequestId, end.IsOverQuota, lifetime = PlatformLimits.DeliveryLifetime, max = MaxLogEntries });
        // Typed, because a null says nothing about its type.
        parameters.Add("httpStatus", end.HttpStatus, DbType.Int32);
        parameters.Add("code", end.Code, DbType.String);
        return parameters;
    }
}
