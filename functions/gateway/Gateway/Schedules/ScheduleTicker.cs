using System.Data;
using System.Globalization;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.Manifest;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Gateway.Schedules;

/// <summary>
/// Makes a delivery of each run that is due and sets the next time, in one transaction that holds the schedule's row: two
/// dispatchers never start a run twice, and one that dies in between started none.
/// </summary>
internal sealed class ScheduleTicker(TenantDatabase database, TimeProvider time, ILogger<ScheduleTicker> logger)
{
    /// <summary>How late a run may start that is left out when it is missed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private const int Batch = 100;

    private static readonly TimeSpan UntilNextLook = TimeSpan.FromHours(1);

    /// <summary>Starts what is due, by the database's clock.</summary>
    public Task<int> TickAsync(Guid tenantId, CancellationToken cancellationToken) => database.InTenantAsync(
        tenantId,
        async (connection, transaction) =>
        {
            var due = await connection.QueryAsync<DueSchedule>(new CommandDefinition(
                """
                select s.install_id as InstallId, s.name as Name, s.cron as Cron, s.time_zone as TimeZone, s.missed_runs = 'skip' as SkipsMissed,
                       s.method as Method, s.path as Path, s.topic as Topic, s.next_run_at as DueAt, clock_timestamp() as Now,
                       exists (select from extension_event_delivery d where d.tenant_id = @tenantId and d.install_id = s.install_id
                         and d.schedule = s.name and d.status = 'pending') as IsBusy
                from extension_schedule s
                join tenant_extension_install i using (tenant_id, install_id)
                where s.tenant_id = @tenantId and s.next_run_at <= clock_timestamp() and i.status = 'enabled'
                order by s.next_run_at limit @Batch for update of s skip locked
                """,
                new { tenantId, Batch },
                transaction,
                cancellationToken: cancellationToken));
            var started = 0;
            foreach (var schedule in due.AsList()) started += await TickAsync(transaction, tenantId, schedule, cancellationToken) ? 1 : 0;
            return started;
        },
        cancellationToken);

    private async Task<bool> TickAsync(NpgsqlTransaction transaction, Guid tenantId, DueSchedule schedule, CancellationToken cancellationToken)
    {
        var clock = FindClock(tenantId, schedule);
        var isMissed = schedule.SkipsMissed && schedule.Now - schedule.DueAt > Grace;
        // Without its clock nobody can tell a time of the schedule from the hour at which it is looked at again.
        var starts = clock is not null && !isMissed && !schedule.IsBusy;
        if (starts) await StartAsync(transaction, tenantId, schedule, cancellationToken);
        var parameters = new DynamicParameters(new { tenantId, schedule.InstallId, schedule.Name, schedule.DueAt, starts });
        // All that were missed are one: the next run is the first after now.
        parameters.Add("next", clock is null ? schedule.Now + UntilNextLook : clock.NextAfter(schedule.Now), DbType.DateTime);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update extension_schedule
            set next_run_at = @next, last_run_at = case when @starts then @DueAt else last_run_at end,
                last_skipped_at = case when @starts then last_skipped_at else @DueAt end
            where tenant_id = @tenantId and install_id = @InstallId and name = @Name
            """,
            parameters,
            transaction,
            cancellationToken: cancellationToken));
        return starts;
    }

    /// <summary>The schedule's clock; null where this system has none of its kind.</summary>
    private ScheduleClock? FindClock(Guid tenantId, DueSchedule schedule)
    {
        try
        {
            return ScheduleClock.Of(schedule.Cron, schedule.TimeZone);
        }
        catch (ArgumentException exception)
        {
            // Where it was published the time zone was known; the other schedules of the tenant must not wait for it.
            EventLog.ScheduleUnreadable(logger, schedule.Name, schedule.InstallId, tenantId, exception);
            return null;
        }
    }

    private Task<int> StartAsync(NpgsqlTransaction transaction, Guid tenantId, DueSchedule schedule, CancellationToken cancellationToken)
    {
        var scheduledFor = schedule.DueAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into host_event (tenant_id, event_id, topic, order_key, payload, occurred_at, accepted_at)
            values (@tenantId, @id, @topic, @key, @payload::json, @DueAt, clock_timestamp()) on conflict do nothing;
            insert into extension_event_delivery
              (tenant_id, delivery_id, install_id, event_id, topic, order_key, schedule, method, path, next_attempt_at, expires_at, created_at)
            values (@tenantId, @deliveryId, @InstallId, @id, @topic, @key, @Name, @Method, @Path, clock_timestamp(), clock_timestamp() + @lifetime, clock_timestamp())
            on conflict do nothing;
            """,
            new
            {
                tenantId,
                id = $"{EventRules.SchedulePrefix}{schedule.InstallId:D}:{schedule.Name}:{scheduledFor}",
                deliveryId = Guid.CreateVersion7(time.GetUtcNow()),
                topic = schedule.Topic ?? "schedule." + schedule.Name,
                key = EventRules.SchedulePrefix + schedule.Name,
                payload = JsonSerializer.Serialize(new ScheduledRun(schedule.Name, scheduledFor), ScheduledRunJson.Default.ScheduledRun),
                schedule.DueAt,
                schedule.InstallId,
                schedule.Name,
                schedule.Method,
                schedule.Path,
                lifetime = PlatformLimits.DeliveryLifetime,
            },
            transaction,
            cancellationToken: cancellationToken));
    }
}
