using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Alga.Extensions.BlobStorage;

/// <summary>
/// Create-only writes: <c>If-None-Match: *</c> on a single request for up to 16 MiB, else on the completion of a multipart upload
/// of 8 MiB parts, which nobody sees before. A server that ignores the condition would let one blob replace another, so the first
/// write of a process finds out whether it is honoured.
/// </summary>
internal sealed class S3Uploads(AmazonS3Client client, string bucket)
{
    /// <summary>Largest blob that is written with one request, in bytes.</summary>
    public const long MaxSingleBytes = 16 * 1024 * 1024;

    private const string ProbeName = "create-only-probe";
    private const long PartBytes = 8 * 1024 * 1024;
    private const int MaxAttempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(10);

    private volatile bool isCreateOnly;

    /// <summary>Writes a blob unless there is one of that name.</summary>
    /// <exception cref="AmazonS3Exception">The server did not do it.</exception>
    /// <exception cref="IOException">The server does not honour the condition.</exception>
    public async Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken)
    {
        if (!isCreateOnly) await ProbeAsync(cancellationToken).ConfigureAwait(false);
        var start = content.Position;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return content.Length - start <= MaxSingleBytes
                    ? await PutAsync(name, content, mediaType, digests, cancellationToken).ConfigureAwait(false)
                    : await PutPartsAsync(name, content, mediaType, digests, cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                // Also what a repeated request sees whose first answer was lost; by name and hash the contents are the same.
                return BlobWrite.AlreadyThere;
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.Conflict && attempt < MaxAttempts)
            {
                // ConditionalRequestConflict: another writer of the same name was not done. S3 asks to start over.
                await Task.Delay(FirstPause * (1 << attempt), cancellationToken).ConfigureAwait(false);
                content.Position = start;
            }
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < 2 && !isCreateOnly; round++)
        {
            try
            {
                using var nothing = new MemoryStream();
                await PutAsync(ProbeName, nothing, "application/octet-stream", "", cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                isCreateOnly = true;
            }
        }

        if (!isCreateOnly)
            throw new IOException("The S3 server replaced an object although it was told not to (If-None-Match: *). Use a server that supports conditional writes.");
    }

    private async Task<BlobWrite> PutAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = name,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            ContentType = mediaType,
            IfNoneMatch = "*",
            UseChunkEncoding = false,
        };
        if (digests.Length > 0) request.Metadata[BlockDigests.MetadataName] = digests;
        await client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
        return BlobWrite.Created;
    }

    private async Task<BlobWrite> PutPartsAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken)
    {
        // Only to spare the upload: the completion decides.
        if (await ExistsAsync(name, cancellationToken).ConfigureAwait(false)) return BlobWrite.AlreadyThere;
        var start = new InitiateMultipartUploadRequest { BucketName = bucket, Key = name, ContentType = mediaType };
        start.Metadata[BlockDigests.MetadataName] = digests;
        var upload = (await client.InitiateMultipartUploadAsync(start, cancellationToken).ConfigureAwait(false)).UploadId;
        try
        {
            var parts = await SendPartsAsync(name, upload, content, cancellationToken).ConfigureAwait(false);
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = name, UploadId = upload, PartETags = parts, IfNoneMatch = "*" },
                cancellationToken).ConfigureAwait(false);
            return BlobWrite.Created;
        }
        catch
        {
            await AbortAsync(name, upload).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<List<PartETag>> SendPartsAsync(string name, string upload, Stream content, CancellationToken cancellationToken)
    {
        var parts = new List<PartETag>();
        while (content.Length - content.Position is var left and > 0)
        {
            var (offset, size) = (content.Position, Math.Min(left, PartBytes));
            var part = await client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = bucket,
                    Key = name,
                    UploadId = upload,
                    PartNumber = parts.Count + 1,
                    InputStream = content,
                    PartSize = size,
                    UseChunkEncoding = false,
                },
                cancellationToken).ConfigureAwait(false);
            parts.Add(new PartETag(parts.Count + 1, part.ETag));
            content.Position = offset + size;
        }

        return parts;
    }

    private async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = name }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Frees the parts. Where even that fails they stay until the bucket's lifecycle rule removes them; what failed first is thrown.</summary>
    private async Task AbortAsync(string name, string upload)
    {
        using var timeout = new CancellationTokenSource(AbortTimeout);
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = bucket, Key = name, UploadId = upload }, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is Amazon.Runtime.AmazonServiceException or Amazon.Runtime.AmazonClientException or HttpRequestException or OperationCanceledException)
        {
            // Said above.
        }
    }
}
