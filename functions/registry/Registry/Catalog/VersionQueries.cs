using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Paging;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>Reads published versions.</summary>
public sealed class VersionQueries(NpgsqlDataSource dataSource)
{
    /// <summary>Stands for the highest version that is neither yanked nor a pre-release. No version is called so.</summary>
    public const string Latest = "latest";

    /// <summary>Versions of a registered extension, the highest (SemVer 2 precedence) first, or <c>not_found</c>.</summary>
    public async Task<Outcome<Page<VersionSummary>>> ListAsync(string name, PageRequest page, CancellationToken cancellationToken)
    {
        var versions = await ListAsync(name, page.After, page.Limit + 1, cancellationToken).ConfigureAwait(false);
        if (versions.Count == 0 && !await IsRegisteredAsync(name, cancellationToken).ConfigureAwait(false)) return CatalogQueries.NoExtension(name);
        return page.Cut(versions, version => version.Version);
    }

    /// <summary>Versions, the highest first.</summary>
    /// <param name="name">The extension.</param>
    /// <param name="after">Only lower ones than this; empty for all.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<VersionSummary>> ListAsync(string name, string after, int take, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<VersionRow>(new CommandDefinition(
            $"""
            select {VersionRow.Columns}
            {VersionRow.From}
            where v.extension_id = @name {(after.Length == 0 ? "" : """and (v.sort_key, v.version collate "C") < (semver_sort_key(@after), @after)""")}
            order by v.sort_key desc, v.version collate "C" desc
            limit @take
            """,
            new { name, after, take },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToSummary())];
    }

    /// <summary>One version in the transaction that changes it, or null.</summary>
    public static async Task<VersionSummary?> FindSummaryAsync(NpgsqlTransaction transaction, string name, string version, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<VersionRow>(new CommandDefinition(
            $"select {VersionRow.Columns} {VersionRow.From} where v.extension_id = @name and v.version = @version",
            new { name, version },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToSummary();
    }

    /// <summary>One version with all that is known of it, or <c>not_found</c>.</summary>
    /// <param name="name">The extension.</param>
    /// <param name="version">A version, or <see cref="Latest"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<VersionView>> FindAsync(string name, string version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var row = await connection.QuerySingleOrDefaultAsync<FullVersionRow>(new CommandDefinition(
            $"""
            select {FullVersionRow.Columns}
            {VersionRow.From}
            join extension_registry e using (extension_id)
            where v.extension_id = @name and v.version = {(version == Latest ? "e.latest_version" : "@version")}
            """,
            new { name, version },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row is not null ? row.ToView() : CatalogQueries.NoVersion(name, version);
    }

    /// <summary>The content hash of a version, or <c>not_found</c>.</summary>
    public async Task<Outcome<ContentHash>> FindHashAsync(string name, string version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var text = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select content_hash from extension_version where extension_id = @name and version = @version",
            new { name, version },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (text is null) return CatalogQueries.NoVersion(name, version);
        return ContentHash.TryParse(text, out var hash) ? hash : throw new InvalidOperationException($"The stored hash of {name} {version} is not valid.");
    }

    /// <summary>The README of a version, or <c>not_found</c> where there is no such version or it has none.</summary>
    public Task<Outcome<string>> FindReadmeAsync(string name, string version, CancellationToken cancellationToken) => FindTextAsync(
        name,
        version,
        "README.md",
        """
        select r.readme from extension_version v left join extension_version_readme r using (version_id)
        where v.extension_id = @name and v.version = @version
        """,
        cancellationToken);

    /// <summary>The changelog of a version, or <c>not_found</c> where there is no such version or it has none.</summary>
    public Task<Outcome<string>> FindChangelogAsync(string name, string version, CancellationToken cancellationToken) => FindTextAsync(
        name,
        version,
        ChangelogFile.Path,
        """
        select c.changelog from extension_version v left join extension_version_changelog c using (version_id)
        where v.extension_id = @name and v.version = @version
        """,
        cancellationToken);

    private async Task<Outcome<string>> FindTextAsync(string name, string version, string file, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var found = (await connection.QueryAsync<string?>(new CommandDefinition(sql, new { name, version }, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
        if (found.Count == 0) return CatalogQueries.NoVersion(name, version);
        return found[0] is { } text ? text : new Refusal(ErrorCode.NotFound, $"This version has no {file} that can be shown.");
    }

    private async Task<bool> IsRegisteredAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from extension_registry where extension_id = @name)", new { name }, cancellationToken: cancellationToken)).ConfigureAwait(false);
    }
}
