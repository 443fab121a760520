namespace Alga.Extensions.BlobStorage;

/// <summary>The bundle store over one store's client: digests on writing, checks on reading, one kind of fault.</summary>
internal sealed class BundleStore(IBlobs blobs) : IBundleStore, IBundleInventory
{
    /// <summary>Connects lazily: nothing is sent before the first use.</summary>
    /// <exception cref="FormatException">The connection is not valid for the provider.</exception>
    public static BundleStore Open(BundleStoreOptions options) => new(options.Provider switch
    {
        BundleStoreProvider.S3 => new S3Blobs(S3Connection.Parse(options.Connection)),
        _ => new AzureBlobs(options.Connection, options.Container),
    });

    /// <inheritdoc/>
    public async Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        var digests = await BlockDigests.OfAsync(content, cancellationToken).ConfigureAwait(false);
        return await RunAsync(
            () => blobs.CreateAsync(name, content, mediaType, digests.ToString(), cancellationToken), $"did not take {name}", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        OpenAsync(name, new BlobSlice(0, null, null), 0, long.MaxValue, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenRangeAsync(string name, long offset, long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var end = length > long.MaxValue - offset ? long.MaxValue : offset + length;
        // Whole blocks, of the size that nearly all blobs have; where one has larger ones, the stream asks again.
        const long Block = BlockDigests.MinBlockBytes;
        var first = offset / Block * Block;
        var last = end > long.MaxValue - Block ? (long?)null : ((end - 1) / Block * Block) + Block;
        return OpenAsync(name, new BlobSlice(first, last - first, null), offset, end, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<FolderPage> ListFoldersAsync(string prefix, string? cursor, int limit, CancellationToken cancellationToken) =>
        RunAsync(() => blobs.ListFoldersAsync(prefix, cursor, limit, cancellationToken), $"did not list {prefix}", cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        RunAsync(() => blobs.ListAsync(prefix, cancellationToken), $"did not list {prefix}", cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await blobs.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            return true;
        },
        $"did not delete {name}",
        cancellationToken);

    private async Task<Stream?> OpenAsync(string name, BlobSlice slice, long start, long end, CancellationToken cancellationToken)
    {
        var part = await RunAsync(() => blobs.OpenAsync(name, slice, cancellationToken), $"did not give {name}", cancellationToken).ConfigureAwait(false);
        if (part is null) return null;
        // Behind its end as it is now: only the digests say whether that is the end it was written with.
        if (part == BlobPart.BehindEnd) return await OpenAsync(name, new BlobSlice(0, null, null), start, end, cancellationToken).ConfigureAwait(false);
        if (BlockDigests.TryParse(part.Digests, out var digests))
            return new VerifiedStream(blobs, name, part, digests, Math.Min(start, digests.TotalBytes), Math.Min(end, digests.TotalBytes));
        await part.Content.DisposeAsync().ConfigureAwait(false);
        throw new BundleStoreException($"The bundle store holds {name} without digests: this platform did not write it.");
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> request, string failure, CancellationToken cancellationToken)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (Exception exception) when (blobs.IsFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new BundleStoreException($"The bundle store {failure}.", exception);
        }
    }
}
