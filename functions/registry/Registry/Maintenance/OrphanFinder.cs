using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>
/// Looks through the bundle store for hashes with neither version nor claim, which a publish leaves only when it is older than claims.
/// They are claimed for nobody, from now on: so each is left alone for a whole grace period after it was first seen.
/// </summary>
public sealed class OrphanFinder(IBundleInventory inventory, NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>Looks at one page of the store.</summary>
    /// <returns>The hashes that were looked at, how many were claimed, and where the next page starts.</returns>
    public async Task<(IReadOnlyList<ContentHash> Examined, int Found, string? Cursor)> FindAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await inventory.ListFoldersAsync(BundleBlobNames.Root, cursor, limit, cancellationToken).ConfigureAwait(false);
        // Whatever else lies there was not put there by a publish, and is not ours to delete.
        List<ContentHash> hashes = [];
        foreach (var folder in page.Folders)
        {
            if (BundleBlobNames.TryReadFolder(folder, out var hash)) hashes.Add(hash);
        }

        var found = hashes.Count == 0 ? 0 : await ClaimAsync(hashes, cancellationToken).ConfigureAwait(false);
        return (hashes, found, page.Cursor);
    }

    private async Task<int> ClaimAsync(List<ContentHash> hashes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into extension_bundle_claim (content_hash, claim_id, claimed_at)
            select found.content_hash, found.claim_id, @now
            from unnest(@hashes, @claims) as found (content_hash, claim_id)
            where not exists (select from extension_bundle b where b.content_hash = found.content_hash)
              -- Besides the conflict clause: a claim that a publish is just giving up would be waited for.
              and not exists (select from extension_bundle_claim c where c.content_hash = found.content_hash)
            on conflict (content_hash) do nothing
            """,
            new { hashes = hashes.Select(hash => hash.ToString()).ToArray(), claims = hashes.Select(_ => Guid.CreateVersion7(now)).ToArray(), now },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }
}
