using System.Text.Json;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install;

/// <summary>Rows of installs. Every statement runs in a transaction of the tenant, and row-level security keeps it there.</summary>
public static class InstallStore
{
    private const string Select =
        """
        select i.install_id as InstallId, i.extension_id as Name, v.version as Version, i.version_id as VersionId,
               v.content_hash as ContentHash, i.status as Status, i.granted_capabilities as GrantedCapabilities,
               i.granted_egress as GrantedEgress, c.config as Config, i.revision as Revision,
               i.installed_at as InstalledAt, i.updated_at as UpdatedAt
        from tenant_extension_install i
        join extension_version v using (version_id)
        join tenant_extension_install_config c using (tenant_id, install_id)
        """;

    /// <summary>One install, or null.</summary>
    public static async Task<InstallView?> FindAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<InstallRow>(new CommandDefinition(
            Select + " where i.extension_id = @name",
            new { name },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToView(withConfig: true);
    }

    /// <summary>One install, or null; nobody else can change it before the transaction ends.</summary>
    public static async Task<InstallView?> LockAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<InstallRow>(new CommandDefinition(
            Select + " where i.extension_id = @name for update of i",
            new { name },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToView(withConfig: true);
    }

    /// <summary>Installs by name, without their settings, of which the list has no need.</summary>
    public static async Task<IReadOnlyList<InstallView>> ListAsync(
        NpgsqlTransaction transaction, string after, int take, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<InstallRow>(new CommandDefinition(
            Select + " where i.extension_id > @after order by i.extension_id limit @take",
            new { after, take },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToView(withConfig: false))];
    }

    /// <summary>Adds an install, or gives false when the tenant has one of this extension, made at this very moment.</summary>
    public static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, Guid tenantId, InstallView install, string installedBy, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var inserted = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities,
              granted_egress, revision, installed_by, installed_at, updated_at)
            values (@tenantId, @installId, @name, @versionId, @status, @capabilities, @egress, @revision, @installedBy, @now, @now)
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

    /// <summary>Writes a changed install; the row is locked.</summary>
    public static Task UpdateAsync(NpgsqlTransaction transaction, Guid tenantId, InstallView install, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update tenant_extension_install
            set version_id = @versionId, status = @status, granted_capabilities = @capabilities, granted_egress = @egress,
                revision = @revision, updated_at = @now
            where tenant_id = @tenantId and install_id = @installId;
            update tenant_extension_install_config set config = @config::json, updated_at = @now
            where tenant_id = @tenantId and install_id = @installId and config::text is distinct from @config;
            """,
            Parameters(tenantId, install, installedBy: null),
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Removes an install with its settings. What the extension stored stays, and a later install finds it.</summary>
    public static Task DeleteAsync(NpgsqlTransaction transaction, Guid tenantId, Guid installId, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from tenant_extension_install where tenant_id = @tenantId and install_id = @installId",
            new { tenantId, installId },
            transaction,
            cancellationToken: cancellationToken));

    private static object Parameters(Guid tenantId, InstallView install, string? installedBy) => new
    {
        tenantId,
        installId = install.InstallId,
        name = install.Name,
        versionId = install.VersionId,
        status = install.Status,
        capabilities = install.Grants.Capabilities.ToArray(),
        egress = install.Grants.Egress.ToArray(),
        config = install.Config!.Value.GetRawText(),
        revision = install.Revision,
        installedBy,
        now = install.UpdatedAt,
    };

    private sealed record InstallRow
    {
        public required Guid InstallId { get; init; }

        public required string Name { get; init; }

        public required string Version { get; init; }

        public required Guid VersionId { get; init; }

        public required string ContentHash { get; init; }

        public required string Status { get; init; }

        public required string[] GrantedCapabilities { get; init; }

        public required string[] GrantedEgress { get; init; }

        public required string Config { get; init; }

        public required long Revision { get; init; }

        public required DateTime InstalledAt { get; init; }

        public required DateTime UpdatedAt { get; init; }

        public InstallView ToView(bool withConfig) => new()
        {
            InstallId = InstallId,
            Name = Name,
            Version = Version,
            VersionId = VersionId,
            ContentHash = ContentHash,
            Status = Status,
            Grants = new InstallGrants { Capabilities = GrantedCapabilities, Egress = GrantedEgress },
            Config = withConfig ? JsonElement.Parse(Config) : null,
            Revision = Revision,
            InstalledAt = InstalledAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
