using System.Text;
using Alga.Extensions.Manifest;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Versions;

/// <summary>Reads what is published, the same for all tenants, where installs are concerned.</summary>
public sealed class VersionReader(NpgsqlDataSource dataSource)
{
    /// <summary>The versions that may be installed anew, for each of some extensions.</summary>
    public async Task<IReadOnlyDictionary<string, OfferedVersions>> OfferedAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return new Dictionary<string, OfferedVersions>(StringComparer.Ordinal);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<(string Name, Guid VersionId, string Version)>(new CommandDefinition(
            """
            select extension_id, version_id, version from extension_version v
            where extension_id = any(@names) and not exists (select from extension_version_yank y where y.version_id = v.version_id)
            """,
            new { names = names.ToArray() },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return rows.GroupBy(row => row.Name, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => new OfferedVersions([.. group.Select(row => new OfferedVersion(row.VersionId, OfferedVersions.Parse(row.Version)))]),
            StringComparer.Ordinal);
    }

    /// <summary>The versions of one extension that may be installed anew.</summary>
    public async Task<OfferedVersions> OfferedAsync(string name, CancellationToken cancellationToken) =>
        (await OfferedAsync([name], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(name, OfferedVersions.None);

    /// <summary>The manifest of a published version.</summary>
    /// <exception cref="InvalidOperationException">It is not there or breaks a rule: both cannot be after a publish.</exception>
    public async Task<ExtensionManifest> ManifestAsync(Guid versionId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var json = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select manifest::text from extension_version where version_id = @versionId",
            new { versionId },
            cancellationToken: cancellationToken)).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Version {versionId} is not there.");
        return Parse(versionId, json);
    }

    /// <summary>A stored manifest.</summary>
    /// <exception cref="InvalidOperationException">It breaks a rule, which cannot be after a publish.</exception>
    internal static ExtensionManifest Parse(Guid versionId, string json) =>
        ManifestReader.Read(Encoding.UTF8.GetBytes(json)).Manifest
        ?? throw new InvalidOperationException($"The stored manifest of version {versionId} is not valid.");
}
