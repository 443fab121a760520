using System.Collections.Concurrent;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>
/// Deletes compiled code that no runner has had use for in <see cref="CompiledVariant.UnusedDays"/> days, by the marks that runners
/// leave. Code without a mark is marked in its runner's place, and so is left alone for as long after it was first seen. No lock is
/// needed: a runner that misses its code compiles it, stores it again, and its mark is seen by the next run. Event id 2172.
/// </summary>
public sealed partial class CompiledCollector(IBundleStore store, IBundleInventory inventory, CollectMetrics metrics, TimeProvider time, ILogger<CompiledCollector> logger)
{
    private const string MediaType = "application/octet-stream";

    // Folders at once: each costs a request, of which nearly all find nothing to do.
    private const int AtOnce = 8;

    /// <summary>Looks through the compiled code of some bundles, and at the start of the store through what components share.</summary>
    /// <param name="hashes">The bundles, published or not.</param>
    /// <param name="isStart">Whether they are the first of the store.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Number of blobs that were deleted, without marks.</returns>
    /// <exception cref="BundleStoreException">The store failed; what was done is done.</exception>
    public async Task<int> RunAsync(IReadOnlyList<ContentHash> hashes, bool isStart, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var marks = await CodeMarks.ReadAsync(inventory, today, cancellationToken).ConfigureAwait(false);
        var folders = hashes.Select(BundleBlobNames.CompiledFolder);
        if (isStart)
        {
            folders = folders.Prepend(BundleBlobNames.SharedCodeFolder);
            foreach (var spent in marks.Spent()) await inventory.DeleteAsync(spent, cancellationToken).ConfigureAwait(false);
        }

        var unknown = new ConcurrentDictionary<CompiledVariant, bool>();
        var deleted = new ConcurrentDictionary<CompiledVariant, int>();
        try
        {
            await Parallel.ForEachAsync(folders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (folder, cancelled) =>
            {
                foreach (var name in await inventory.ListAsync(folder, cancelled).ConfigureAwait(false))
                {
                    // Whatever else lies there was not put there by a runner, and is not ours to delete.
                    if (!CompiledVariant.TryReadCode(name, out var variant)) continue;
                    if (!marks.Knows(variant)) unknown[variant] = true;
                    if (!marks.IsRetired(variant)) continue;
                    await inventory.DeleteAsync(name, cancelled).ConfigureAwait(false);
                    deleted.AddOrUpdate(variant, 1, (_, count) => count + 1);
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            foreach (var (variant, count) in deleted) LogDeleted(logger, count, variant.Fingerprint, variant.Target, marks.LastOf(variant));
            metrics.Deleted(deleted.Values.Sum(), CollectMetrics.UnusedCode);
        }

        foreach (var variant in unknown.Keys) await MarkAsync(variant, today, cancellationToken).ConfigureAwait(false);
        return deleted.Values.Sum();
    }

    private async Task MarkAsync(CompiledVariant variant, DateOnly day, CancellationToken cancellationToken)
    {
        using var nothing = new MemoryStream();
        await store.CreateAsync(variant.Mark(day), nothing, MediaType, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(2172, LogLevel.Information, "Deleted {Blobs} blobs of compiled code for {Fingerprint} on {Target}, of which the last use was marked on {Day}")]
    private static partial void LogDeleted(ILogger logger, int blobs, string fingerprint, string target, DateOnly day);
}
