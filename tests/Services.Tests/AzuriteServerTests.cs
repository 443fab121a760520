using Alga.Extensions.Testing;
using Azure;
using Azure.Storage.Blobs;

namespace Alga.Extensions.Services.Tests;

public sealed class AzuriteServerTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_blob_is_created_once_and_read_back()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, "once");
        await container.CreateAsync();

        await container.UploadBlobAsync("a", BinaryData.FromString("first"));
        var second = await Assert.ThrowsAsync<RequestFailedException>(() => container.UploadBlobAsync("a", BinaryData.FromString("second")));

        Assert.Equal(409, second.Status);
        Assert.Equal("first", (await container.GetBlobClient("a").DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task The_well_known_development_key_opens_nothing()
    {
        const string WellKnown = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        var keyPart = azurite.ConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal));
        var container = new BlobContainerClient(azurite.ConnectionString.Replace(keyPart, "AccountKey=" + WellKnown, StringComparison.Ordinal), "other");

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => container.CreateAsync());

        Assert.Equal(403, refusal.Status);
    }
}
