using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Paging;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>Reads what is registered and published; the same for all tenants.</summary>
public sealed class CatalogQueries(NpgsqlDataSource dataSource)
{
    /// <summary>Extensions by name, of one publisher where one is given.</summary>
    public async Task<Page<ExtensionView>> ListAsync(PageRequest page, string? publisher, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<ExtensionView>(new CommandDefinition(
            """
            select extension_id as Name, publisher_id as Publisher, display_name as DisplayName, created_at as CreatedAt
            from extension_registry
            where extension_id > @after and (@publisher::text is null or publisher_id = @publisher)
            order by extension_id
            limit @take
            """,
            new { after = page.After, publisher, take = page.Limit + 1 },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return page.Cut(rows.AsList(), extension => extension.Name);
    }

    /// <summary>One extension, or <c>not_found</c>.</summary>
    public async Task<Outcome<ExtensionView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var extension = await connection.QuerySingleOrDefaultAsync<ExtensionView>(new CommandDefinition(
            """
            select extension_id as Name, publisher_id as Publisher, display_name as DisplayName, created_at as CreatedAt
            from extension_registry
            where extension_id = @name
            """,
            new { name },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return extension is not null ? extension : NoExtension(name);
    }

    /// <summary>One extension with its latest versions, or <c>not_found</c>.</summary>
    public async Task<Outcome<ExtensionDetails>> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(name, cancellationToken).ConfigureAwait(false)).TryGet(out var extension, out var refusal)) return refusal;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var versions = await connection.QueryAsync<VersionSummary>(new CommandDefinition(
            """
            select version as Version, content_hash as ContentHash, published_at as PublishedAt
            from extension_version
            where extension_id = @name
            order by published_at desc, version_id desc
            limit @take
            """,
            new { name, take = ExtensionDetails.MaxVersions },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return new ExtensionDetails
        {
            Name = extension.Name,
            Publisher = extension.Publisher,
            DisplayName = extension.DisplayName,
            CreatedAt = extension.CreatedAt,
            Versions = versions.AsList(),
        };
    }

    /// <summary>One version with its manifest, or <c>not_found</c>.</summary>
    public async Task<Outcome<VersionView>> FindVersionAsync(string name, string version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var row = await connection.QuerySingleOrDefaultAsync<VersionRow>(new CommandDefinition(
            """
            select v.version_id as VersionId, e.publisher_id as Publisher, v.content_hash as ContentHash, b.size_bytes as SizeBytes,
                   v.published_at as PublishedAt, v.manifest as Manifest
            from extension_version v
            join extension_registry e using (extension_id)
            join extension_bundle b using (content_hash)
            where v.extension_id = @name and v.version = @version
            """,
            new { name, version },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (row is null) return NoVersion(name, version);
        using var manifest = JsonDocument.Parse(row.Manifest);
        return new VersionView
        {
            Name = name,
            Publisher = row.Publisher,
            Version = version,
            VersionId = row.VersionId,
            ContentHash = row.ContentHash,
            SizeBytes = row.SizeBytes,
            PublishedAt = row.PublishedAt,
            Manifest = manifest.RootElement.Clone(),
        };
    }

    /// <summary>The refusal for a name that nobody registered.</summary>
    public static Refusal NoExtension(string name) =>
        new(ErrorCode.NotFound, $"No extension {Shown(name)} is registered; check the name, or register it with POST /api/registry/extensions.");

    /// <summary>The refusal for a version that was not published.</summary>
    public static Refusal NoVersion(string name, string version) =>
        new(ErrorCode.NotFound, $"Extension {Shown(name)} has no version {Shown(version)}; GET /api/registry/extensions/{Shown(name)} lists its versions.");

    /// <summary>Whether a text can be a version at all, and so be looked up.</summary>
    public static bool IsVersion(string text) => text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+');

    // What a caller wrote into the URL goes back only in a bounded length.
    private static string Shown(string text) => text.Length <= ExtensionName.MaxLength ? text : text[..ExtensionName.MaxLength];

    private sealed record VersionRow
    {
        public required Guid VersionId { get; init; }

        public required string Publisher { get; init; }

        public required string ContentHash { get; init; }

        public required long SizeBytes { get; init; }

        public required DateTime PublishedAt { get; init; }

        public required string Manifest { get; init; }
    }
}
