using System.Text;
using Alga.Extensions.Manifest;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>
/// Keeps an extension's entry in the catalogue in step with its versions. Whoever changes versions locks the entry first: of two at once the
/// second waits, and then sees what the first did.
/// </summary>
public static class ExtensionListing
{
    /// <summary>One extension, or null; nobody else changes it or its versions before the transaction ends.</summary>
    public static async Task<ExtensionView?> LockAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<ExtensionRow>(new CommandDefinition(
            $"select {ExtensionRow.Columns} from extension_registry where extension_id = @name for no key update",
            new { name },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToView();
    }

    /// <summary>Finds the latest versions anew, and takes over what the manifest of the latest says of itself. The entry is locked.</summary>
    public static async Task RefreshAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var release = await HighestAsync(transaction, name, prerelease: false, cancellationToken).ConfigureAwait(false);
        var candidate = await HighestAsync(transaction, name, prerelease: true, cancellationToken).ConfigureAwait(false);
        if (release is not null && candidate is not null && string.CompareOrdinal(candidate.SortKey, release.SortKey) < 0) candidate = null;
        var shown = release ?? candidate;
        var manifest = shown is null ? null : ManifestReader.Read(Encoding.UTF8.GetBytes(shown.Manifest)).Manifest
            ?? throw new InvalidOperationException($"The stored manifest of {name} {shown.Version} is not valid.");
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update extension_registry
            set latest_version = @latest, latest_prerelease = @prerelease,
                display_name = coalesce(@displayName, display_name), description = coalesce(@description, description)
            where extension_id = @name
            """,
            new { name, latest = release?.Version, prerelease = candidate?.Version, displayName = manifest?.DisplayName, description = manifest?.Description },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private static Task<HighestRow?> HighestAsync(NpgsqlTransaction transaction, string name, bool prerelease, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<HighestRow?>(new CommandDefinition(
            """
            select v.version as Version, v.sort_key as SortKey, v.manifest as Manifest
            from extension_version v
            where v.extension_id = @name and v.prerelease = @prerelease
              and not exists (select from extension_version_yank y where y.version_id = v.version_id)
              and not exists (select from extension_version_revocation r where r.version_id = v.version_id)
            order by v.sort_key desc, v.version collate "C" desc
            limit 1
            """,
            new { name, prerelease },
            transaction,
            cancellationToken: cancellationToken));

    private sealed record HighestRow
    {
        public required string Version { get; init; }

        public required string SortKey { get; init; }

        public required string Manifest { get; init; }
    }
}
