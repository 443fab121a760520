using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Alga.Extensions.BlobStorage;

/// <summary>Bundles in a container of Azure Blob Storage.</summary>
public sealed class AzureBundleStore : IBundleStore
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
    public AzureBundleStore(BundleStoreOptions options)
    {
        if (FindConnectionFault(options.Connection) is { } fault) throw new FormatException(fault);
        var service = IsUrl(options.Connection)
            ? new BlobServiceClient(new Uri(options.Connection), new DefaultAzureCredential(), ClientOptions())
            : new BlobServiceClient(options.Connection, ClientOptions());
        container = service.GetBlobContainerClient(options.Container);
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
    public async Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        var start = content.Position;
        try
        {
            return await UploadAsync(name, content, mediaType, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Only a writer comes here, so a login that may only read never needs the right to make a container.
            content.Position = start;
            return await CreateContainerAndUploadAsync(name, content, mediaType, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsStoreFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new BundleStoreException($"The bundle store did not take {name}.", exception);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var download = await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return download.Value.Content;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (Exception exception) when (IsStoreFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new BundleStoreException($"The bundle store did not give {name}.", exception);
        }
    }

    private async Task<BlobWrite> CreateContainerAndUploadAsync(
        string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return await UploadAsync(name, content, mediaType, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsStoreFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new BundleStoreException($"The bundle store has no container {container.Name}, and it could not be made.", exception);
        }
    }

    private async Task<BlobWrite> UploadAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        try
        {
            await container.GetBlobClient(name).UploadAsync(
                content,
                new BlobUploadOptions
                {
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                    HttpHeaders = new BlobHttpHeaders { ContentType = mediaType },
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

    // When all its retries failed the client throws them together, and it times out with a cancellation of its own.
    private static bool IsStoreFault(Exception exception) =>
        exception is RequestFailedException or AggregateException or IOException or TaskCanceledException;

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
