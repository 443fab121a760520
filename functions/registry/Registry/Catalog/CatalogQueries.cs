using Alga.Extensions.Contracts;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>Reads what is registered; the same for all tenants.</summary>
public sealed class CatalogQueries(NpgsqlDataSource dataSource, VersionQueries versions)
{
    /// <summary>One extension, or <c>not_found</c>.</summary>
    public async Task<Outcome<ExtensionView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var row = await connection.QuerySingleOrDefaultAsync<ExtensionRow>(new CommandDefinition(
            $"select {ExtensionRow.Columns} from extension_registry where extension_id = @name",
            new { name },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row is not null ? row.ToView() : NoExtension(name);
    }

    /// <summary>One extension with its highest versions, or <c>not_found</c>.</summary>
    public async Task<Outcome<ExtensionDetails>> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(name, cancellationToken).ConfigureAwait(false)).TryGet(out var extension, out var refusal)) return refusal;
        return new ExtensionDetails(extension, await versions.ListAsync(name, "", ExtensionDetails.MaxVersions, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The refusal for a name that nobody registered.</summary>
    public static Refusal NoExtension(string name) =>
        new(ErrorCode.NotFound, $"No extension {Shown(name)} is registered; check the name, or register it with POST /api/registry/extensions.");

    /// <summary>The refusal for a version that was not published.</summary>
    public static Refusal NoVersion(string name, string version) =>
        new(ErrorCode.NotFound, $"Extension {Shown(name)} has no version {Shown(version)}; GET /api/registry/extensions/{Shown(name)}/versions lists its versions.");

    /// <summary>Whether a text can be a version at all, and so be looked up.</summary>
    public static bool IsVersion(string text) => text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+');

    // What a caller wrote into the URL goes back only in a bounded length.
    private static string Shown(string text) => text.Length <= ExtensionName.MaxLength ? text : text[..ExtensionName.MaxLength];
}
