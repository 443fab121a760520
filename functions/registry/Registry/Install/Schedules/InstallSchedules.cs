using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Install.State;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Schedules;

/// <summary>
/// The schedules of an install: those of the manifest of the version it runs, in the transaction that makes it run it. One
/// that stays keeps its next time, and keeps being paused, also over the time in which it is disabled or uninstalled.
/// </summary>
public static class InstallSchedules
{
    /// <summary>Brings the schedules in step with the install. They run while it is enabled; what passed before is not made up for.</summary>
    public static async Task SyncAsync(NpgsqlTransaction transaction, Guid tenantId, InstallState install, CancellationToken cancellationToken)
    {
        var schedules = install.Manifest.Schedules;
        var now = await NowAsync(transaction, cancellationToken).ConfigureAwait(false);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            delete from extension_schedule where tenant_id = @tenantId and install_id = @installId and name <> all(@names);
            insert into extension_schedule (tenant_id, install_id, name, version_id, cron, time_zone, missed_runs, method, path, topic, next_run_at)
            select @tenantId, @installId, name, @versionId, cron, time_zone, missed_runs, method, path, topic, next_run_at
            from unnest(@names, @crons, @zones, @missed, @methods, @paths, @topics, @next)
              as wanted (name, cron, time_zone, missed_runs, method, path, topic, next_run_at)
            on conflict (tenant_id, install_id, name) do update
            set version_id = excluded.version_id, cron = excluded.cron, time_zone = excluded.time_zone, missed_runs = excluded.missed_runs,
                method = excluded.method, path = excluded.path, topic = excluded.topic,
                next_run_at = case
                  when extension_schedule.paused_at is not null or excluded.next_run_at is null then null
                  when extension_schedule.cron = excluded.cron and extension_schedule.time_zone = excluded.time_zone
                    then coalesce(extension_schedule.next_run_at, excluded.next_run_at)
                  else excluded.next_run_at
                end;
            """,
            new
            {
                tenantId,
                installId = install.InstallId,
                versionId = install.VersionId,
                names = schedules.Select(schedule => schedule.Name).ToArray(),
                crons = schedules.Select(schedule => schedule.Cron).ToArray(),
                zones = schedules.Select(schedule => schedule.TimeZone).ToArray(),
                missed = schedules.Select(schedule => schedule.Missed == MissedRuns.Skip ? "skip" : "once").ToArray(),
                methods = schedules.Select(schedule => schedule.Endpoint?.Method).ToArray(),
                paths = schedules.Select(schedule => schedule.Endpoint?.Path.ToString()).ToArray(),
                topics = schedules.Select(schedule => schedule.Topic).ToArray(),
                next = schedules.Select(schedule => install.Status == InstallStatus.Enabled ? ScheduleClock.Of(schedule.Cron, schedule.TimeZone).NextAfter(now) : null).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>The database's time, which is the one that runs are due by.</summary>
    internal static Task<DateTime> NowAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<DateTime>(new CommandDefinition("select clock_timestamp()", transaction: transaction, cancellationToken: cancellationToken));
}
