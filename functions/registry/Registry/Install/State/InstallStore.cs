using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>Rows of installs. Every statement runs in a transaction of the tenant, and row-level security keeps it there.</summary>
public static class InstallStore
{
    private const string Select =
        """
        select i.install_id as InstallId, i.extension_id as Name, v.version as Version, i.version_id as VersionId,
               v.content_hash as ContentHash, i.status as Status, i.granted_capabilities as GrantedCapabilities,
               i.granted_egress as GrantedEgress, v.manifest as Manifest,
               c.config as Config, i.rollout_policy as Policy,
               i.recording_mode as RecordingMode, i.recording_percent::int as RecordingPercent, i.recording_days::int as RecordingDays,
               i.candidate_version_id as CandidateVersionId, cv.version as CandidateVersion, cv.content_hash as CandidateContentHash,
               i.candidate_percent::int as CandidatePercent,
               i.pending_version_id as PendingVersionId, pv.version as PendingVersion, i.pending_percent::int as PendingPercent,
               i.pending_since as PendingSince, i.pending_by as PendingBy,
               i.passed_over_version_id as PassedOverVersionId, ov.version as PassedOverVersion,
               i.status_before as StatusBefore, i.uninstalled_at as UninstalledAt, i.purge_after as PurgeAfter,
               i.purge_started_at is not null as IsPurging, i.revision as Revision,
               i.installed_at as InstalledAt, i.updated_at as UpdatedAt
        from tenant_extension_install i
        join extension_version v using (version_id)
        join tenant_extension_install_config c using (tenant_id, install_id)
        left join extension_version cv on cv.version_id = i.candidate_version_id
        left join extension_version pv on pv.version_id = i.pending_version_id
        left join extension_version ov on ov.version_id = i.passed_over_version_id
        """;

    /// <summary>One install, or null.</summary>
    public static async Task<InstallState?> FindAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<InstallRow>(new CommandDefinition(
            Select + " where i.extension_id = @name",
            new { name },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToState(withConfig: true);
    }

    /// <summary>One install, or null; nobody else can change, uninstall or purge it before the transaction ends.</summary>
    public static async Task<InstallState?> LockAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<InstallRow>(new CommandDefinition(
            Select + " where i.extension_id = @name for update of i",
            new { name },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToState(withConfig: true);
    }

    /// <summary>Installs by name, without their settings, of which the list has no need.</summary>
    /// <param name="transaction">The tenant's.</param>
    /// <param name="uninstalled">Those that are uninstalled and can be restored, or those that are not.</param>
    /// <param name="after">The name after which to begin.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="now">What can be restored no longer is left out.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<IReadOnlyList<InstallState>> ListAsync(
        NpgsqlTransaction transaction, bool uninstalled, string after, int take, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<InstallRow>(new CommandDefinition(
            Select +
            """

             where i.extension_id > @after and (i.status = 'uninstalled') = @uninstalled
               and (not @uninstalled or (i.purge_after > @now and i.purge_started_at is null))
             order by i.extension_id limit @take
            """,
            new { after, uninstalled, now, take },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToState(withConfig: false))];
    }

    /// <summary>Adds an install, or gives false when the tenant has one of this extension, made at this very moment.</summary>
    public static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, Guid tenantId, InstallState install, string installedBy, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var inserted = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities,
              granted_egress, rollout_policy, revision, installed_by, installed_at, updated_at)
            values (@tenantId, @installId, @name, @versionId, @status, @capabilities, @egress, @policy, @revision, @installedBy, @now, @now)
            on conflict (tenant_id, extension_id) do nothing
            """,
            Parameters(tenantId, install, installedBy),
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (inserted == 0) return false;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at)
            values (@tenantId, @installId, @config::json, @now)
            """,
            Parameters(tenantId, install, installedBy),
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Writes a changed install, or gives false when it is no longer at the revision before: somebody was first.</summary>
    public static async Task<bool> UpdateAsync(
        NpgsqlTransaction transaction, Guid tenantId, InstallState install, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var updated = await connection.ExecuteAsync(new CommandDefinition(
            """
            update tenant_extension_install
            set version_id = @versionId, status = @status, granted_capabilities = @capabilities, granted_egress = @egress,
                rollout_policy = @policy, recording_mode = @recordingMode, recording_percent = @recordingPercent,
                recording_days = @recordingDays, candidate_version_id = @candidateVersionId, candidate_percent = @candidatePercent,
                pending_version_id = @pendingVersionId, pending_percent = @pendingPercent, pending_since = @pendingSince,
                pending_by = @pendingBy, passed_over_version_id = @passedOverVersionId, status_before = @statusBefore,
                uninstalled_at = @uninstalledAt, purge_after = @purgeAfter, revision = @revision, updated_at = @now
            where tenant_id = @tenantId and install_id = @installId and revision = @revision - 1 and purge_started_at is null
            """,
            Parameters(tenantId, install, installedBy: null),
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (updated == 0) return false;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update tenant_extension_install_config set config = @config::json, updated_at = @now
            where tenant_id = @tenantId and install_id = @installId and config::text is distinct from @config
            """,
            Parameters(tenantId, install, installedBy: null),
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return true;
    }

    private static object Parameters(Guid tenantId, InstallState install, string? installedBy) => new
    {
        tenantId,
        installId = install.InstallId,
        name = install.Name,
        versionId = install.VersionId,
        status = install.Status,
        capabilities = install.Grants.Capabilities.ToArray(),
        egress = install.Grants.Egress.ToArray(),
        config = install.Config!.Value.GetRawText(),
        policy = install.Policy,
        recordingMode = install.Recording.Mode,
        recordingPercent = (short?)install.Recording.Percent,
        recordingDays = (short)install.Recording.KeepDays,
        candidateVersionId = install.Rollout?.VersionId,
        candidatePercent = (short?)install.Rollout?.Percent,
        pendingVersionId = install.Pending?.VersionId,
        pendingPercent = (short?)install.Pending?.Percent,
        pendingSince = install.Pending?.Since,
        pendingBy = install.Pending?.By,
        passedOverVersionId = install.PassedOver?.VersionId,
        statusBefore = install.Uninstalled?.StatusBefore,
        uninstalledAt = install.Uninstalled?.At,
        purgeAfter = install.Uninstalled?.Until,
        revision = install.Revision,
        installedBy,
        now = install.UpdatedAt,
    };
}
