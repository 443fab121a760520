using System.Collections.Frozen;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Npgsql;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>Reads an install in one round trip.</summary>
internal sealed class InstallQuery(NpgsqlDataSource database) : IInstallSource
{
    private const string SetTenant = "select set_config('app.tenant_id', $1, true)";

    internal const string ByName = Select + " where i.tenant_id = $1 and i.extension_id = $2 and i.status <> 'uninstalled'";
    internal const string ById = Select + " where i.tenant_id = $1 and i.install_id = $2 and i.status <> 'uninstalled'";

    private const string Select =
        """
        select i.install_id, i.extension_id, i.version_id, v.version, v.content_hash, i.status, i.granted_capabilities, c.config,
               i.candidate_version_id, cv.version, cv.content_hash, i.candidate_percent, i.granted_egress,
               i.recording_mode, i.recording_percent, i.recording_days
        from tenant_extension_install i
        join extension_version v on v.version_id = i.version_id
        left join tenant_extension_install_config c on c.tenant_id = i.tenant_id and c.install_id = i.install_id
        left join extension_version cv on cv.version_id = i.candidate_version_id
        """;

    private static readonly FrozenDictionary<string, JsonElement> NoConfig = FrozenDictionary<string, JsonElement>.Empty;

    /// <summary>The install by the extension's name or its own id; null when the tenant has none.</summary>
    public async Task<Install?> FindAsync(Guid tenantId, string nameOrId, CancellationToken cancellationToken)
    {
        // A batch without BEGIN is one implicit transaction, so the tenant is gone with it and nothing waits in between.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetTenant) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenantId.ToString() } } });
        NpgsqlParameter key = UuidText.TryParse(nameOrId, out var installId)
            ? new NpgsqlParameter<Guid> { TypedValue = installId }
            : new NpgsqlParameter<string> { TypedValue = nameOrId };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(key is NpgsqlParameter<Guid> ? ById : ByName)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenantId }, key },
        });

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private static Install Read(NpgsqlDataReader row)
    {
        var install = new Install(
            row.GetGuid(0),
            row.GetString(1),
            row.GetGuid(2),
            row.GetString(3),
            ReadHash(row, 4),
            row.GetString(5) == "enabled",
            row.GetFieldValue<string[]>(6),
            row.GetFieldValue<string[]>(12),
            row.IsDBNull(7) ? NoConfig : ReadConfig(row.GetString(7)))
        {
            Recording = row.GetString(13) == "off" ? null : new RecordingPolicy(row.IsDBNull(14) ? null : row.GetInt16(14), row.GetInt16(15)),
        };
        if (row.IsDBNull(8)) return install;
        var candidate = install with { VersionId = row.GetGuid(8), Version = row.GetString(9), ContentHash = ReadHash(row, 10) };
        return install with { Candidate = new Candidate(candidate, row.GetInt16(11)) };
    }

    private static ContentHash ReadHash(NpgsqlDataReader row, int column) =>
        ContentHash.TryParse(row.GetString(column), out var hash) ? hash : throw new InvalidOperationException("A stored content hash is malformed.");

    private static Dictionary<string, JsonElement> ReadConfig(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.Clone(), StringComparer.Ordinal);
    }
}
