using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Testing.S3;

namespace Alga.Extensions.BlobStorage.Tests;

public sealed class StoredBundlesTests : IAsyncLifetime
{
    private S3Server server = null!;
    private BundleStore store = null!;

    public async Task InitializeAsync()
    {
        server = await S3Server.StartAsync();
        store = BundleStore.Open(new BundleStoreOptions { Provider = BundleStoreProvider.S3, Connection = S3Server.ConnectionString(server.Url) });
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Stream_index_and_a_folder_of_a_stored_bundle_are_read()
    {
        var (hash, bytes, contents) = await StoreAsync();
        var bundles = new StoredBundles(store);
        var sink = new SelectedFilesSink(["dist/main.wasm", "ui/index.html"], 1000);

        await using (var stream = await bundles.OpenAsync(hash, CancellationToken.None)) Assert.Equal(bytes.Length, stream!.Length);
        Assert.True((await bundles.ReadIndexAsync(hash, CancellationToken.None)).TryGet(out var index, out _));
        Assert.True((await bundles.ExtractAsync(hash, BundleSubtree.Ui, sink, CancellationToken.None)).TryGet(out var extracted, out var refusal), refusal?.Message);

        Assert.Equal(contents.Index.Files, index.Files);
        Assert.Equal(contents.Hash, extracted.Hash);
        Assert.Equal("<html>"u8.ToArray(), Assert.Single(sink.Files).Value.ToArray());
    }

    [Fact]
    public async Task What_is_not_there_is_unavailable()
    {
        var bundles = new StoredBundles(store);
        var hash = ContentHash.Of([1]);

        Assert.Null(await bundles.OpenAsync(hash, CancellationToken.None));
        Assert.Equal(ErrorCode.BundleUnavailable, Refusal(await bundles.ReadIndexAsync(hash, CancellationToken.None)));
        Assert.Equal(ErrorCode.BundleUnavailable, Refusal(await bundles.ExtractAsync(hash, BundleSubtree.Ui, DiscardSink.Instance, CancellationToken.None)));
    }

    [Fact]
    public async Task A_good_bundle_under_another_ones_hash_is_refused_before_it_is_expanded()
    {
        var (_, bytes, _) = await StoreAsync();
        var other = ContentHash.Of([2]);
        await store.CreateAsync(BundleBlobNames.Bundle(other), new MemoryStream(bytes), "application/zstd", CancellationToken.None);
        var sink = new SelectedFilesSink(["ui/index.html"], 1000);

        Assert.Equal(ErrorCode.BundleInvalid, Refusal(await new StoredBundles(store).ExtractAsync(other, BundleSubtree.Ui, sink, CancellationToken.None)));

        Assert.Empty(sink.Files);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"files":[{"path":"../evil","sizeBytes":1,"sha256":"00","mediaType":"text/plain"}]}""")]
    public async Task An_index_that_breaks_a_rule_is_refused(string json)
    {
        var hash = ContentHash.Of([3]);
        await store.CreateAsync(BundleBlobNames.Index(hash), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), "application/json", CancellationToken.None);

        Assert.Equal(ErrorCode.BundleInvalid, Refusal(await new StoredBundles(store).ReadIndexAsync(hash, CancellationToken.None)));
    }

    private static ErrorCode Refusal<T>(Outcome<T> outcome)
    {
        Assert.False(outcome.TryGet(out _, out var refusal));
        return refusal!.Code;
    }

    private async Task<(ContentHash Hash, byte[] Bytes, BundleContents Contents)> StoreAsync()
    {
        using var output = new MemoryStream();
        var files = new[] { BundleFile.FromBytes("dist/main.wasm", [1, 2, 3]), BundleFile.FromBytes("ui/index.html", "<html>"u8.ToArray()) };
        Assert.True((await BundleWriter.WriteAsync(files, output, CancellationToken.None)).TryGet(out var contents, out _));
        await store.CreateAsync(BundleBlobNames.Bundle(contents.Hash), new MemoryStream(output.ToArray()), "application/zstd", CancellationToken.None);
        await store.CreateAsync(BundleBlobNames.Index(contents.Hash), new MemoryStream(contents.Index.ToJson()), "application/json", CancellationToken.None);
        return (contents.Hash, output.ToArray(), contents);
    }
}
