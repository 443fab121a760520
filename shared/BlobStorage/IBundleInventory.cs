namespace Alga.Extensions.BlobStorage;

/// <summary>
/// What the collector of orphaned blobs needs beyond <see cref="IBundleStore"/>: to list and to delete. Apart from it, so that a
/// component that only reads or writes bundles is not handed the means to remove one.
/// </summary>
public interface IBundleInventory
{
    /// <summary>One page of the folders directly below a prefix, in the store's order.</summary>
    /// <param name="prefix">Ends with <c>/</c>.</param>
    /// <param name="cursor"><see cref="FolderPage.Cursor"/> of the page before; null for the first.</param>
    /// <param name="limit">Most folders, 1-1,000.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BundleStoreException">The store did not do it, or does not know the cursor.</exception>
    Task<FolderPage> ListFoldersAsync(string prefix, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Names of all blobs that start with a prefix.</summary>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; one that is not there is deleted already.</summary>
    /// <exception cref="BundleStoreException">The store did not do it, within its retries.</exception>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>Some folders of the store.</summary>
/// <param name="Folders">Their names with the prefix, each ending with <c>/</c>; can be empty although there are more pages.</param>
/// <param name="Cursor">Where the next page starts, in the store's own form; null after the last.</param>
public sealed record FolderPage(IReadOnlyList<string> Folders, string? Cursor);
