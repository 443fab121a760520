namespace Alga.Extensions.BlobStorage;

/// <summary>One store's client: the few requests that differ between stores. Everything they share is in <see cref="BundleStore"/>.</summary>
internal interface IBlobs : IBundleInventory
{
    /// <summary>Writes a blob with its digests unless one of that name exists.</summary>
    /// <param name="name">Name of the blob.</param>
    /// <param name="content">From its current position to its end.</param>
    /// <param name="mediaType">Stored with the blob.</param>
    /// <param name="digests">Text of <see cref="BlockDigests"/>, stored as the blob's metadata <see cref="BlockDigests.MetadataName"/>.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken);

    /// <summary>Opens part of a blob; null when there is no such blob.</summary>
    Task<BlobPart?> OpenAsync(string name, BlobSlice slice, CancellationToken cancellationToken);

    /// <summary>Whether an exception means that the store failed, and not that we did.</summary>
    bool IsFault(Exception exception);
}

/// <summary>Which bytes of a blob to open.</summary>
/// <param name="Offset">The first, from 0.</param>
/// <param name="Length">How many at most; null for all that follow.</param>
/// <param name="ETag">Which state of the blob; null for any. With another one there the store refuses.</param>
internal readonly record struct BlobSlice(long Offset, long? Length, string? ETag);

/// <summary>An open part of a blob.</summary>
/// <param name="Content">Its bytes, not yet checked.</param>
/// <param name="Offset">Where in the blob they start.</param>
/// <param name="ETag">State of the blob.</param>
/// <param name="Digests">Text of <see cref="BlockDigests"/>; null when the blob has none.</param>
internal sealed record BlobPart(Stream Content, long Offset, string ETag, string? Digests)
{
    /// <summary>What a store gives that was asked for bytes behind the end of a blob.</summary>
    public static BlobPart BehindEnd { get; } = new(Stream.Null, 0, "", null);
}
