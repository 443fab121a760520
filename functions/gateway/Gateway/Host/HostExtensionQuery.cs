using Npgsql;

namespace Alga.Extensions.Gateway.Host;

/// <summary>Reads what a tenant has installed and enabled.</summary>
internal sealed class HostExtensionQuery(NpgsqlDataSource database)
{
    /// <summary>Most installs that are shown.</summary>
    public const int MaxItems = 500;

    private const string SetTenant = "select set_config('app.tenant_id', $1, true)";

    private const string Enabled =
        """
        select i.install_id, i.extension_id, v.version, v.content_hash, v.manifest::text,
               i.candidate_percent, cv.version, cv.content_hash, cv.manifest::text, h.list_id
        from tenant_extension_install i
        join extension_version v on v.version_id = i.version_id
        left join extension_version cv on cv.version_id = i.candidate_version_id
        left join tenant_host h on h.tenant_id = i.tenant_id
        where i.tenant_id = $1 and i.status = 'enabled'
        order by i.extension_id
        limit 500
        """;

    /// <summary>The installs, by name; a user who is in a rollout sees the new version.</summary>
    public async Task<IReadOnlyList<InstalledPage>> ListAsync(Guid tenantId, Func<Guid, int, bool> isInRollout, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetTenant) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenantId.ToString() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Enabled) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenantId } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var pages = new List<InstalledPage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var first = !reader.IsDBNull(5) && isInRollout(reader.GetGuid(0), reader.GetInt16(5)) ? 6 : 2;
            pages.Add(new InstalledPage(reader.GetGuid(0), reader.GetString(1), reader.GetString(first), reader.GetString(first + 1), reader.GetString(first + 2), reader.IsDBNull(9) ? null : reader.GetString(9)));
        }

        return pages;
    }
}

/// <summary>An install with the manifest of the version that a user gets, and the id of the list of the tenant's own hosts.</summary>
internal sealed record InstalledPage(Guid InstallId, string ExtensionId, string Version, string ContentHash, string Manifest, string? Hosts);
