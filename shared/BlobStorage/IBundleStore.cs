namespace Alga.Extensions.BlobStorage;

/// <summary>
/// Write-once store of bundles, by the names of <c>BundleBlobNames</c>. A blob is never replaced, so a name can be cached
/// for ever. Each write records digests of the contents beside them, and each read compares before it gives a byte away:
/// what is damaged, cut short or without digests is a <see cref="BundleStoreException"/>. The digests come from the same
/// store, so they find damage and not a forger: who reads still compares with the hash that the name or a signed statement gives.
/// </summary>
public interface IBundleStore
{
    /// <summary>Writes a blob unless one of that name exists; the existing one stays as it is.</summary>
    /// <param name="name">Name of the blob, with <c>/</c> between its parts.</param>
    /// <param name="content">What to write, from its current position; must be able to seek, because it is read twice and a broken upload is repeated.</param>
    /// <param name="mediaType">Stored with the blob.</param>
    /// <param name="cancellationToken">Ends the upload; the blob is then there whole or not at all.</param>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a blob for reading from start to end, or gives null when there is none. The stream reads asynchronously only, knows
    /// its length, goes on after a broken connection, and throws <see cref="BundleStoreException"/> when it cannot. The caller disposes it.
    /// </summary>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// The same for a part of a blob, checked like the whole. What lies beyond the blob's end is left out, so the stream can be
    /// shorter than asked for, and empty.
    /// </summary>
    /// <param name="name">Name of the blob.</param>
    /// <param name="offset">First byte, from 0.</param>
    /// <param name="length">Most bytes to read, from 1.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task<Stream?> OpenRangeAsync(string name, long offset, long length, CancellationToken cancellationToken);
}

/// <summary>What became of a write.</summary>
public enum BlobWrite
{
    /// <summary>The blob is new.</summary>
    Created,

    /// <summary>A blob of that name was there before and is unchanged.</summary>
    AlreadyThere,
}

/// <summary>The bundle store is down, slow, refuses us or holds something damaged; trying again later can help.</summary>
public sealed class BundleStoreException : Exception
{
    public BundleStoreException(string message)
        : base(message)
    {
    }

    public BundleStoreException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
