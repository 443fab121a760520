using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>
/// Deletes the blobs of hashes that were claimed a day ago and have no version. It holds the claim's row lock from the last look at
/// version and age until the blobs are gone, and a publish of the same bytes needs that row before it uploads and again before it
/// makes the version visible: the one waits for the other and then sees what it did. Killed half-way, the claim is still there and
/// old, and the next run or the next publish of these bytes finishes the work.
/// </summary>
public sealed class BundleCollector(
    OrphanFinder finder, CompiledCollector compiled, IBundleInventory inventory, NpgsqlDataSource dataSource, TenantDatabase database, AuditLog audit,
    CollectMetrics metrics, TimeProvider time)
{
    /// <summary>How long a hash without a version is left alone after it was last claimed: far longer than any publish can take.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    // What runs longer is cut off by the functions host; the next request goes on.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    /// <summary>Looks at one page of the store and deletes up to as many hashes as a page has.</summary>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="cursor">Where the page starts, in the store's own form; null at the start.</param>
    /// <param name="limit">Size of the page.</param>
    /// <param name="cancellationToken">Ends the work after the hash at hand.</param>
    /// <exception cref="BundleStoreException">The store failed; what was done is done.</exception>
    public async Task<CollectReport> RunAsync(Actor actor, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (examined, found, next) = await finder.FindAsync(cursor, limit, cancellationToken).ConfigureAwait(false);
        var code = await compiled.RunAsync(examined, isStart: cursor is null, cancellationToken).ConfigureAwait(false);
        var before = time.GetUtcNow() - Grace;
        var old = await ListOldAsync(before, limit + 1, cancellationToken).ConfigureAwait(false);
        var (handled, collected, blobs) = (0, 0, 0);
        foreach (var hash in old.Take(limit))
        {
            if (time.GetElapsedTime(started) > Budget) break;
            CollectSteps.Reached(CollectStep.Chosen, hash);
            var deleted = await CollectAsync(actor, hash, before, cancellationToken).ConfigureAwait(false);
            handled++;
            if (deleted is null) continue;
            CollectSteps.Reached(CollectStep.Forgotten, hash);
            collected++;
            blobs += deleted.Value;
            metrics.Deleted(deleted.Value, CollectMetrics.Orphan);
        }

        return new CollectReport
        {
            Examined = examined.Count,
            Found = found,
            Collected = collected,
            BlobsDeleted = blobs,
            CompiledDeleted = code,
            Cursor = next,
            Done = next is null && handled == old.Count,
        };
    }

    private async Task<IReadOnlyList<string>> ListOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            "select content_hash from extension_bundle_claim where claimed_at < @before order by claimed_at limit @limit",
            new { before, limit },
            cancellationToken: cancellationToken)).ConfigureAwait(false)];
    }

    /// <summary>Number of blobs that were deleted, null when the hash was not collected.</summary>
    private async Task<int?> CollectAsync(Actor actor, string text, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (!ContentHash.TryParse(text, out var hash)) throw new InvalidOperationException($"The claimed hash {text} is not valid.");
        var outcome = await database.TryInPlatformAsync(
            async Task<Outcome<Deletion>> (connection, transaction) =>
            {
                if (!await LockAsync(transaction, text, before, cancellationToken).ConfigureAwait(false)) return new Deletion(null);
                int? deleted = null;
                if (!await IsPublishedAsync(transaction, text, cancellationToken).ConfigureAwait(false))
                {
                    CollectSteps.Reached(CollectStep.Locked, text);
                    deleted = await DeleteBlobsAsync(hash, cancellationToken).ConfigureAwait(false);
                    CollectSteps.Reached(CollectStep.BlobsDeleted, text);
                    await audit.AddAsync(
                        transaction, TenantDatabase.PlatformScope, actor, new AuditEntry("bundle.collect", text, null, null), cancellationToken).ConfigureAwait(false);
                }

                await connection.ExecuteAsync(new CommandDefinition(
                    "delete from extension_bundle_claim where content_hash = @text", new { text }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return new Deletion(deleted);
            },
            cancellationToken).ConfigureAwait(false);
        return outcome.TryGet(out var deletion, out _) ? deletion.Blobs : null;
    }

    // Skipped where it is locked: a publish or another collector is at it.
    private static async Task<bool> LockAsync(NpgsqlTransaction transaction, string text, DateTimeOffset before, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteScalarAsync<bool?>(new CommandDefinition(
            "select true from extension_bundle_claim where content_hash = @text and claimed_at < @before for update skip locked",
            new { text, before },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false) == true;

    // A statement of its own, after the lock: it sees what the last holder of the lock committed.
    private static Task<bool> IsPublishedAsync(NpgsqlTransaction transaction, string text, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from extension_bundle where content_hash = @text)", new { text }, transaction, cancellationToken: cancellationToken));

    private async Task<int> DeleteBlobsAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var names = await inventory.ListAsync(BundleBlobNames.Folder(hash), cancellationToken).ConfigureAwait(false);
        foreach (var name in names) await inventory.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        return names.Count;
    }

    private sealed record Deletion(int? Blobs);
}
