using System.Data;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.Events;
using Alga.Extensions.Registry.Install.State;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Schedules;

/// <summary>Shows the schedules of a tenant's install, pauses them and lets them run again.</summary>
public sealed class ScheduleKeeper(TenantDatabase database, AuditLog audit)
{
    private const string Select =
        """
        select s.name as Name, s.cron as Cron, s.time_zone as TimeZone, s.missed_runs as MissedRuns, s.method || ' ' || s.path as Endpoint, s.topic as Topic,
               s.paused_at as PausedAt, s.paused_by as PausedBy, s.next_run_at as NextRunAt, s.last_run_at as LastRunAt, s.last_skipped_at as LastSkippedAt
        from extension_schedule s
        join tenant_extension_install i using (tenant_id, install_id)
        where s.tenant_id = current_tenant() and i.extension_id = @name
        """;

    private static readonly Refusal NoSchedule = new(ErrorCode.NotFound, "The version that is installed has no such schedule.");

    /// <summary>All schedules by name, or <c>extension_not_installed</c>.</summary>
    public Task<Outcome<ScheduleList>> ListAsync(Guid tenantId, string name, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<ScheduleList>(
            tenantId,
            async (connection, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                var rows = await connection.QueryAsync<ScheduleView>(new CommandDefinition(
                    Select + " order by s.name", new { name }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return new ScheduleList(rows.AsList());
            },
            cancellationToken);

    /// <summary>Pauses a schedule; one that is paused stays as it is. What was started goes on.</summary>
    public Task<Outcome<ScheduleView>> PauseAsync(Guid tenantId, Actor actor, string name, string schedule, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, actor, name, schedule, pause: true, cancellationToken);

    /// <summary>Lets a schedule run again, from its next time on; one that is not paused stays as it is.</summary>
    public Task<Outcome<ScheduleView>> ResumeAsync(Guid tenantId, Actor actor, string name, string schedule, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, actor, name, schedule, pause: false, cancellationToken);

    private Task<Outcome<ScheduleView>> ChangeAsync(Guid tenantId, Actor actor, string name, string schedule, bool pause, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<ScheduleView>(
            tenantId,
            async (_, transaction) =>
            {
                // Nobody enables, disables or upgrades the install in between.
                var install = await InstallStore.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                if (install is not { IsInstalled: true }) return Installer.NotInstalled(name);
                if (await FindAsync(transaction, name, schedule, cancellationToken).ConfigureAwait(false) is not { } before) return NoSchedule;
                if (pause == before.PausedAt is not null) return before;
                await UpdateAsync(transaction, tenantId, actor, install, before, pause, cancellationToken).ConfigureAwait(false);
                await audit.AddAsync(
                    transaction, tenantId, actor, new AuditEntry(pause ? "schedule.pause" : "schedule.resume", name, ToJson(schedule, !pause), ToJson(schedule, pause)), cancellationToken).ConfigureAwait(false);
                var after = await FindAsync(transaction, name, schedule, cancellationToken).ConfigureAwait(false);
                if (!pause) await EventAgenda.NoteAsync(transaction, cancellationToken).ConfigureAwait(false);
                return after!;
            },
            cancellationToken);

    private static Task<ScheduleView?> FindAsync(NpgsqlTransaction transaction, string name, string schedule, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<ScheduleView>(new CommandDefinition(
            Select + " and s.name = @schedule", new { name, schedule }, transaction, cancellationToken: cancellationToken));

    private static async Task UpdateAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, InstallState install, ScheduleView schedule, bool pause, CancellationToken cancellationToken)
    {
        var now = await InstallSchedules.NowAsync(transaction, cancellationToken).ConfigureAwait(false);
        var next = !pause && install.Status == InstallStatus.Enabled ? ScheduleClock.Of(schedule.Cron, schedule.TimeZone).NextAfter(now) : null;
        var parameters = new DynamicParameters(new { tenantId, install.InstallId, schedule.Name });
        parameters.Add("pausedAt", pause ? now : null, DbType.DateTime);
        parameters.Add("pausedBy", pause ? actor.Name : null, DbType.String);
        parameters.Add("next", next, DbType.DateTime);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update extension_schedule set paused_at = @pausedAt, paused_by = @pausedBy, next_run_at = @next
            where tenant_id = @tenantId and install_id = @InstallId and name = @Name
            """,
            parameters,
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private static string ToJson(string schedule, bool paused) => JsonSerializer.Serialize(new SchedulePause(schedule, paused), RegistryJson.Default.SchedulePause);
}

/// <summary>A schedule's state as the audit log keeps it.</summary>
public sealed record SchedulePause(string Schedule, bool Paused);
