using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Alga.Extensions.BlobStorage;

/// <summary>Blobs in a container of Azure Blob Storage.</summary>
internal sealed class AzureBlobs : IBlobs
{
    private const string ExampleUrl = "https://account.blob.core.windows.net";

    // Two blocks of 4 MiB in memory at once, whatever the size of the blob.
    private static readonly StorageTransferOptions Transfer = new()
    {
        InitialTransferSize = 4 * 1024 * 1024,
        MaximumTransferSize = 4 * 1024 * 1024,
        MaximumConcurrency = 2,
    };

    private readonly BlobContainerClient container;

    /// <summary>Connects lazily: nothing is sent before the first read or write.</summary>
    /// <exception cref="FormatException">The connection is neither a connection string nor an https URL.</exception>
    public AzureBlobs(string connection, string containerName)
    {
        if (FindConnectionFault(connection) is { } fault) throw new FormatException(fault);
        var service = IsUrl(connection)
            ? new BlobServiceClient(new Uri(connection), new DefaultAzureCredential(), ClientOptions())
            : new BlobServiceClient(connection, ClientOptions());
        container = service.GetBlobContainerClient(containerName);
    }

    /// <summary>Says what is wrong with a connection, without quoting it, or null.</summary>
    public static string? FindConnectionFault(string connection)
    {
        if (connection.Length == 0) return $"is missing; write a connection string or the account's blob endpoint such as {ExampleUrl}";
        if (connection.Contains("://", StringComparison.Ordinal) && !connection.Contains('='))
        {
            return IsUrl(connection) ? null : $"is not an https URL; write the account's blob endpoint such as {ExampleUrl}";
        }

        try
        {
            _ = new BlobServiceClient(connection);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or UriFormatException)
        {
            return $"is neither a connection string of Azure Storage nor a blob endpoint; write one or the other, such as {ExampleUrl}";
        }
    }

    /// <inheritdoc/>
    public async Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken)
    {
        var start = content.Position;
        try
        {
            return await UploadAsync(name, content, mediaType, digests, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Only a writer comes here, so a login that may only read never needs the right to make a container.
            content.Position = start;
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return await UploadAsync(name, content, mediaType, digests, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<BlobPart?> OpenAsync(string name, BlobSlice slice, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions
        {
            Range = slice is { Offset: 0, Length: null } ? default : new HttpRange(slice.Offset, slice.Length),
            Conditions = slice.ETag is null ? null : new BlobRequestConditions { IfMatch = new ETag(slice.ETag) },
        };
        try
        {
            var download = (await container.GetBlobClient(name).DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false)).Value;
            // Azure refuses a range behind the end; Azurite answers with nothing where it starts right there.
            if (download.Details.ContentLength == 0 && slice.Offset > 0) return BlobPart.BehindEnd;
            var offset = HttpRangeText.ReadOffset(download.Details.ContentRange);
            download.Details.Metadata.TryGetValue(BlockDigests.MetadataName, out var digests);
            return new BlobPart(download.Content, offset, download.Details.ETag.ToString(), digests);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException exception) when (exception.Status == 416)
        {
            return BlobPart.BehindEnd;
        }
    }

    /// <inheritdoc/>
    public async Task<FolderPage> ListFoldersAsync(string prefix, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var options = new GetBlobsByHierarchyOptions { Prefix = prefix, Delimiter = "/" };
        try
        {
            await foreach (var page in container.GetBlobsByHierarchyAsync(options, cancellationToken).AsPages(cursor, limit).ConfigureAwait(false))
            {
                var next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
                return new FolderPage([.. page.Values.Where(item => item.IsPrefix).Select(item => item.Prefix)], next);
            }
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was ever written.
        }

        return new FolderPage([], null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).ConfigureAwait(false)) names.Add(blob.Name);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was ever written.
        }

        return names;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public bool IsFault(Exception exception) =>
        // When all its retries failed the client throws them together, and it times out with a cancellation of its own.
        exception is RequestFailedException or AuthenticationFailedException or AggregateException or IOException or TaskCanceledException;

    private async Task<BlobWrite> UploadAsync(string name, Stream content, string mediaType, string digests, CancellationToken cancellationToken)
    {
        try
        {
            await container.GetBlobClient(name).UploadAsync(
                content,
                new BlobUploadOptions
                {
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                    HttpHeaders = new BlobHttpHeaders { ContentType = mediaType },
                    Metadata = new Dictionary<string, string> { [BlockDigests.MetadataName] = digests },
                    TransferOptions = Transfer,
                },
                cancellationToken).ConfigureAwait(false);
            return BlobWrite.Created;
        }
        catch (RequestFailedException exception) when (
            exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            // Also what a repeated request sees whose first answer was lost; by name and hash the contents are the same.
            return BlobWrite.AlreadyThere;
        }
    }

    private static bool IsUrl(string connection) =>
        Uri.TryCreate(connection, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;

    // One request and three repetitions, each with 15 s for its answer: a store that is down is given up after about a minute.
    private static BlobClientOptions ClientOptions() => new(BlobClientOptions.ServiceVersion.V2026_06_06)
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 3,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(2),
            NetworkTimeout = TimeSpan.FromSeconds(15),
        },
    };
}
