using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.BlobStorage;

/// <summary>A published bundle by its hash: its stream, its index, its files below one folder. Trusts neither the store nor the archive.</summary>
public sealed class StoredBundles(IBundleStore store)
{
    // 2,000 files with names of 255 bytes, and room for sizes, hashes and media types.
    private const int MaxIndexBytes = 2 * 1024 * 1024;

    /// <summary>Opens the bundle as it is stored, or gives null when it is not there. The caller disposes the stream.</summary>
    /// <exception cref="BundleStoreException">The store did not do it.</exception>
    public Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken) =>
        store.OpenReadAsync(BundleBlobNames.Bundle(hash), cancellationToken);

    /// <summary>
    /// Reads <c>index.json</c>, or refuses with <c>bundle_unavailable</c> where there is none and <c>bundle_invalid</c> where it breaks
    /// a rule. It is derived from the bundle and not signed by itself: compare it with a signed statement where that matters.
    /// </summary>
    /// <exception cref="BundleStoreException">The store did not do it.</exception>
    public async Task<Outcome<BundleIndex>> ReadIndexAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var bytes = await store.ReadAsync(BundleBlobNames.Index(hash), MaxIndexBytes, cancellationToken).ConfigureAwait(false);
        return bytes is null
            ? new Refusal(ErrorCode.BundleUnavailable, "The bundle's index is not in the bundle store; try again later.")
            : BundleIndex.Parse(bytes);
    }

    /// <summary>
    /// Streams the files of a subtree into a sink. The stored bytes are first copied to a temporary file and hashed; only when they
    /// are those of <paramref name="hash"/> anything is expanded. Refuses with <c>bundle_unavailable</c> and <c>bundle_invalid</c>; what
    /// the sink was given until then is to be thrown away.
    /// </summary>
    /// <exception cref="BundleStoreException">The store did not do it.</exception>
    public async Task<Outcome<BundleContents>> ExtractAsync(ContentHash hash, BundleSubtree subtree, IBundleSink sink, CancellationToken cancellationToken)
    {
        await using var stored = await OpenAsync(hash, cancellationToken).ConfigureAwait(false);
        if (stored is null) return new Refusal(ErrorCode.BundleUnavailable, "The bundle is not in the bundle store; try again later.");
        await using var copy = TemporaryFile.Create();
        if (stored.Length > BundleLimits.Default.MaxStoredBytes) return BundleExtraction.NotThese(hash);
        await stored.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        copy.Position = 0;
        return await BundleExtraction.ExtractAsync(copy, hash, subtree, sink, cancellationToken).ConfigureAwait(false);
    }
}
