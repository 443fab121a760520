using Alga.Extensions.Testing;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Alga.Extensions.BlobStorage.Tests;

/// <summary>The contract over Azurite.</summary>
public sealed class AzureStoreTests(AzuriteFixture azurite) : BundleStoreContract, IClassFixture<AzuriteFixture>
{
    private static int containers;

    private readonly string container = $"contract-{Interlocked.Increment(ref containers)}";

    [Fact]
    public async Task A_missing_container_is_empty_and_made_by_the_first_write()
    {
        Assert.Null(await Store.OpenReadAsync("name", CancellationToken.None));
        Assert.Empty(await Store.ListAsync("", CancellationToken.None));
        Assert.Empty((await Store.ListFoldersAsync("", null, 10, CancellationToken.None)).Folders);

        Assert.Equal(BlobWrite.Created, await WriteAsync("name", "text"));
    }

    [Fact]
    public async Task A_blob_that_the_platform_did_not_write_is_not_read()
    {
        await WriteAsync("own", "text");
        await Container.UploadBlobAsync("foreign", new BinaryData("text"));

        await Assert.ThrowsAsync<BundleStoreException>(() => Store.OpenReadAsync("foreign", CancellationToken.None));
    }

    protected override Task<Uri> StartAsync() => Task.FromResult(BlobEndpoint);

    protected override Task StopAsync() => Task.CompletedTask;

    private protected override BundleStore Open(Uri url) => BundleStore.Open(new BundleStoreOptions
    {
        Connection = azurite.ConnectionString.Replace(BlobEndpoint.GetLeftPart(UriPartial.Authority), url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal),
        Container = container,
    });

    private protected override async Task TamperAsync(string name, Func<byte[], byte[]> change)
    {
        var blob = Container.GetBlobClient(name);
        var stored = (await blob.DownloadContentAsync()).Value;
        await blob.UploadAsync(new BinaryData(change(stored.Content.ToArray())), new BlobUploadOptions { Metadata = stored.Details.Metadata });
    }

    private Uri BlobEndpoint => new(azurite.ConnectionString.Split(';').Single(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..]);

    private BlobContainerClient Container =>
        new BlobServiceClient(azurite.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06)).GetBlobContainerClient(container);
}
