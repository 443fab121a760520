using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Testing;

namespace Alga.Extensions.BlobStorage.Tests;

public sealed class AzureBundleStoreTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task What_was_written_is_read_back()
    {
        var store = Store("written");

        Assert.Equal(BlobWrite.Created, await WriteAsync(store, "sha256/ab/manifest.json", "{}"));
        Assert.Equal("{}", await ReadAsync(store, "sha256/ab/manifest.json"));
    }

    [Fact]
    public async Task A_second_write_changes_nothing_and_says_so()
    {
        var store = Store("second");
        await WriteAsync(store, "name", "first");

        Assert.Equal(BlobWrite.AlreadyThere, await WriteAsync(store, "name", "other"));
        Assert.Equal("first", await ReadAsync(store, "name"));
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_creates_the_blob()
    {
        var store = Store("race");

        var writes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => WriteAsync(store, "name", $"writer {number}")));

        Assert.Single(writes, BlobWrite.Created);
        var winner = Array.IndexOf(writes, BlobWrite.Created);
        Assert.Equal($"writer {winner}", await ReadAsync(store, "name"));
    }

    [Fact]
    public async Task A_blob_of_many_blocks_arrives_whole_and_is_not_replaced()
    {
        var store = Store("large");
        var bytes = new byte[(9 * 1024 * 1024) + 17];
        new Random(1).NextBytes(bytes);

        Assert.Equal(BlobWrite.Created, await store.CreateAsync("large", new MemoryStream(bytes), "application/zstd", CancellationToken.None));
        bytes[0] ^= 1;
        Assert.Equal(BlobWrite.AlreadyThere, await store.CreateAsync("large", new MemoryStream(bytes), "application/zstd", CancellationToken.None));
        bytes[0] ^= 1;

        await using var stream = await store.OpenReadAsync("large", CancellationToken.None);
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(stream!));
    }

    [Fact]
    public async Task A_blob_starts_at_the_streams_position()
    {
        var store = Store("position");
        using var content = new MemoryStream("skipped,kept"u8.ToArray());
        content.Position = "skipped,".Length;

        await store.CreateAsync("name", content, "text/plain", CancellationToken.None);

        Assert.Equal("kept", await ReadAsync(store, "name"));
    }

    [Fact]
    public async Task A_missing_blob_and_a_missing_container_are_null()
    {
        var store = Store("missing");
        Assert.Null(await store.OpenReadAsync("name", CancellationToken.None));

        await WriteAsync(store, "other", "");

        Assert.Null(await store.OpenReadAsync("name", CancellationToken.None));
    }

    [Fact]
    public async Task A_store_that_is_down_is_a_fault_of_its_own_kind()
    {
        var store = new AzureBundleStore(new BundleStoreOptions
        {
            Connection = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/a;",
        });

        await Assert.ThrowsAsync<BundleStoreException>(() => store.OpenReadAsync("name", CancellationToken.None));
        await Assert.ThrowsAsync<BundleStoreException>(() => WriteAsync(store, "name", "text"));
    }

    [Fact]
    public async Task A_cancelled_caller_gets_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store("cancelled").OpenReadAsync("name", cancelled.Token));
    }

    private AzureBundleStore Store(string container) => new(new BundleStoreOptions { Connection = azurite.ConnectionString, Container = container });

    private static Task<BlobWrite> WriteAsync(AzureBundleStore store, string name, string text) =>
        store.CreateAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(text)), "text/plain", CancellationToken.None);

    private static async Task<string?> ReadAsync(AzureBundleStore store, string name)
    {
        await using var stream = await store.OpenReadAsync(name, CancellationToken.None);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync();
    }
}
