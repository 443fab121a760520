namespace Alga.Extensions.BlobStorage;

/// <summary>
/// Write-once store of bundles, by the names of <c>BundleBlobNames</c>. A blob is never replaced, so a name can be cached
/// for ever. The store does not check contents: who reads compares with the hash that the name or a signed statement gives.
/// </summary>
public interface IBundleStore
{
    /// <summary>Writes a blob unless one of that name exists; the existing one stays as it is.</summary>
    /// <param name="name">Name of the blob, with <c>/</c> between its parts.</param>
    /// <param name="content">What to write, from its current position; must be able to seek, because a broken upload is repeated.</param>
    /// <param name="mediaType">Stored with the blob.</param>
    /// <param name="cancellationToken">Ends the upload; the blob is then there whole or not at all.</param>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading from start to end, or gives null when there is none. The caller disposes the stream.</summary>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);
}

/// <summary>What became of a write.</summary>
public enum BlobWrite
{
    /// <summary>The blob is new.</summary>
    Created,

    /// <summary>A blob of that name was there before and is unchanged.</summary>
    AlreadyThere,
}

/// <summary>The bundle store is down, slow or refuses us; trying again later can help.</summary>
public sealed class BundleStoreException(string message, Exception inner) : Exception(message, inner);
