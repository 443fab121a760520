using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Alga.Extensions.BlobStorage;

/// <summary>Blobs in a bucket of S3.</summary>
internal sealed class S3Blobs : IBlobs, IDisposable
{
    private readonly AmazonS3Client client;
    private readonly string bucket;
    private readonly S3Uploads uploads;

    /// <summary>Connects lazily: nothing is sent before the first read or write.</summary>
    public S3Blobs(S3Connection connection)
    {
        client = S3Clients.Create(connection);
        bucket = connection.Bucket;
        uploads = new S3Uploads(client, bucket);
    }

    /// <inheritdoc/>
    public Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken) =>
        uploads.CreateAsync(name, content, mediaType, digests, cancellationToken);

    /// <inheritdoc/>
    public async Task<BlobPart?> OpenAsync(string name, BlobSlice slice, CancellationToken cancellationToken)
    {
        // Always as a range, because the SDK takes the ETag of a whole object for an MD5, which not every server makes it; only an
        // empty object has no range.
        var range = slice.Length is { } length ? new ByteRange(slice.Offset, slice.Offset + length - 1) : new ByteRange($"bytes={slice.Offset}-");
        try
        {
            return await GetAsync(name, range, slice.ETag, cancellationToken).ConfigureAwait(false)
                ?? (slice is { Offset: 0, Length: null } ? await GetAsync(name, null, slice.ETag, cancellationToken).ConfigureAwait(false) : BlobPart.BehindEnd);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<FolderPage> ListFoldersAsync(string prefix, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, Delimiter = "/", MaxKeys = limit, ContinuationToken = cursor },
            cancellationToken).ConfigureAwait(false);
        return new FolderPage(page.CommonPrefixes ?? [], page.IsTruncated == true ? page.NextContinuationToken : null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, ContinuationToken = cursor }, cancellationToken).ConfigureAwait(false);
            names.AddRange((page.S3Objects ?? []).Select(found => found.Key));
            cursor = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (cursor is not null);
        return names;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = name }, cancellationToken);

    /// <inheritdoc/>
    public bool IsFault(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TaskCanceledException
            or WebException or FormatException;

    public void Dispose() => client.Dispose();

    /// <summary>Null when the range lies behind the end.</summary>
    private async Task<BlobPart?> GetAsync(string name, ByteRange? range, string? etag, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = name, ByteRange = range, EtagToMatch = etag }, cancellationToken).ConfigureAwait(false);
            return new BlobPart(
                response.ResponseStream, HttpRangeText.ReadOffset(response.ContentRange), response.ETag, response.Metadata[BlockDigests.MetadataName]);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return null;
        }
    }
}
