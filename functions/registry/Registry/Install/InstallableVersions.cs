using System.Text;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Publish;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install;

/// <summary>A published version that was found sound enough to install.</summary>
/// <param name="VersionId">Its id.</param>
/// <param name="ContentHash">The bundle's hash.</param>
/// <param name="Manifest">The bundle's own manifest, with the extension's name and the version.</param>
/// <param name="YankReason">Why it is not for new installs; null when it is.</param>
public sealed record InstallableVersion(Guid VersionId, ContentHash ContentHash, ExtensionManifest Manifest, string? YankReason)
{
    /// <summary>A refusal when it was yanked, except for an install that has this very version already: that one goes on and may be changed.</summary>
    /// <param name="installed">The version that is installed now, null when none is.</param>
    public Refusal? UnlessFit(Guid? installed) => YankReason is null || installed == VersionId
        ? null
        : new Refusal(ErrorCode.VersionYanked, $"{Manifest.Name} {Manifest.Version} was yanked and is not for new installs ({YankReason}); choose another version.");

    /// <summary>What the version asks for.</summary>
    public InstallGrants Asked => InstallGrants.AskedBy(Manifest);
}

/// <summary>Finds a version to install and checks its signature again: whom we trust may have changed since it was published.</summary>
public sealed class InstallableVersions(NpgsqlDataSource dataSource, StoredBundles bundles, BundleSignatures signatures)
{
    /// <summary>The version, or why it cannot be installed.</summary>
    public async Task<Outcome<InstallableVersion>> FindAsync(string name, string version, CancellationToken cancellationToken)
    {
        if (!CatalogQueries.IsVersion(version) || await FindRowAsync(name, version, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return CatalogQueries.NoVersion(name, version);
        }

        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(row.Manifest)).Manifest
            ?? throw new InvalidOperationException($"The stored manifest of {name} {version} is not valid.");
        if (!ContentHash.TryParse(row.ContentHash, out var hash)) throw new InvalidOperationException($"The stored hash of {name} {version} is not valid.");
        var index = await bundles.ReadIndexAsync(hash, cancellationToken).ConfigureAwait(false);
        if (!index.TryGet(out var files, out var refusal)) return refusal;
        var contents = new BundleContents(hash, row.SizeBytes, files);
        refusal = await signatures.VerifyStoredAsync(contents, manifest, cancellationToken).ConfigureAwait(false);
        return refusal is null ? new InstallableVersion(row.VersionId, hash, manifest, row.YankReason) : refusal;
    }

    private async Task<VersionRow?> FindRowAsync(string name, string version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await connection.QuerySingleOrDefaultAsync<VersionRow>(new CommandDefinition(
            """
            select v.version_id as VersionId, v.content_hash as ContentHash, b.size_bytes as SizeBytes, v.manifest as Manifest, y.reason as YankReason
            from extension_version v
            join extension_bundle b using (content_hash)
            left join extension_version_yank y using (version_id)
            where v.extension_id = @name and v.version = @version
            """,
            new { name, version },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private sealed record VersionRow
    {
        public required Guid VersionId { get; init; }

        public required string ContentHash { get; init; }

        public required long SizeBytes { get; init; }

        public required string Manifest { get; init; }

        public string? YankReason { get; init; }
    }
}
