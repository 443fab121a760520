using System.Collections.Frozen;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Npgsql;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>Reads an install in one round trip.</summary>
internal sealed class InstallQuery(NpgsqlDataSource database)
{
    private const string SetTenant = "select set_config('app.tenant_id', $1, true)";

    private const string ByName = Select + " where i.tenant_id = $1 and i.extension_id = $2";
    private const string ById = Select + " where i.tenant_id = $1 and i.install_id = $2";

    private const string Select =
        """
        select i.install_id, i.extension_id, i.version_id, v.version, v.content_hash, i.status, i.granted_capabilities, c.config, i.granted_egress
        from tenant_extension_install i
        join extension_version v on v.version_id = i.version_id
        left join tenant_extension_install_config c on c.tenant_id = i.tenant_id and c.install_id = i.install_id
        """;

    private static readonly FrozenDictionary<string, JsonElement> NoConfig = FrozenDictionary<string, JsonElement>.Empty;

    /// <summary>The install by the extension's name or its own id; null when the tenant has none.</summary>
    public async Task<Install?> FindAsync(Guid tenantId, string nameOrId, CancellationToken cancellationToken)
    {
        // A batch without BEGIN is one implicit transaction, so the tenant is gone with it and nothing waits in between.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetTenant) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenantId.ToString() } } });
        NpgsqlParameter key = Guid.TryParseExact(nameOrId, "D", out var installId)
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
        if (!ContentHash.TryParse(row.GetString(4), out var hash)) throw new InvalidOperationException("A stored content hash is malformed.");
        return new Install(
            row.GetGuid(0),
            row.GetString(1),
            row.GetGuid(2),
            row.GetString(3),
            hash,
            row.GetString(5) == "enabled",
            row.GetFieldValue<string[]>(6),
            row.GetFieldValue<string[]>(8),
            row.IsDBNull(7) ? NoConfig : ReadConfig(row.GetString(7)));
    }

    private static Dictionary<string, JsonElement> ReadConfig(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.Clone(), StringComparer.Ordinal);
    }
}
