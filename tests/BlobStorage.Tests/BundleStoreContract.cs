using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Testing.Faults;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.BlobStorage.Tests;

/// <summary>What every bundle store does, whatever is behind it: with a good connection, and with one that breaks in every way.</summary>
public abstract class BundleStoreContract : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;

    private FaultProxy proxy = null!;

    public async Task InitializeAsync()
    {
        proxy = await FaultProxy.StartAsync(await StartAsync());
        Store = Open(proxy.Url);
    }

    public async Task DisposeAsync()
    {
        await proxy.DisposeAsync();
        await StopAsync();
    }

    private protected BundleStore Store { get; private set; } = null!;

    private protected FaultProxy Proxy => proxy;

    /// <summary>Starts the server and gives its URL.</summary>
    protected abstract Task<Uri> StartAsync();

    protected abstract Task StopAsync();

    /// <summary>Opens the store at another URL than the server's.</summary>
    private protected abstract BundleStore Open(Uri url);

    /// <summary>Damages a blob where it lies, behind the store's back.</summary>
    private protected abstract Task TamperAsync(string name, Func<byte[], byte[]> change);

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        Assert.Equal(BlobWrite.Created, await WriteAsync("sha256/ab/manifest.json", "{}"));
        Assert.Equal("{}", await ReadTextAsync("sha256/ab/manifest.json"));
    }

    [Fact]
    public async Task An_empty_blob_is_there_and_empty()
    {
        Assert.Equal(BlobWrite.Created, await WriteAsync("empty", ""));

        Assert.Equal("", await ReadTextAsync("empty"));
        Assert.Empty(await ReadAsync(await Store.OpenRangeAsync("empty", 0, 10, CancellationToken.None)));
    }

    [Fact]
    public async Task A_second_write_changes_nothing_and_says_so()
    {
        await WriteAsync("second", "first");

        Assert.Equal(BlobWrite.AlreadyThere, await WriteAsync("second", "other"));
        Assert.Equal("first", await ReadTextAsync("second"));
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_creates_the_blob()
    {
        var writes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => WriteAsync("race", $"writer {number}")));

        Assert.Single(writes, BlobWrite.Created);
        Assert.Equal($"writer {Array.IndexOf(writes, BlobWrite.Created)}", await ReadTextAsync("race"));
    }

    [Fact]
    public async Task Of_writers_of_a_blob_in_parts_exactly_one_creates_it()
    {
        var contents = Enumerable.Range(0, 3).Select(number => Bytes(17 * Megabyte, number)).ToList();

        var writes = await Task.WhenAll(contents.Select(content => WriteAsync("race-in-parts", content)));

        Assert.Single(writes, BlobWrite.Created);
        Assert.Equal(SHA256.HashData(contents[Array.IndexOf(writes, BlobWrite.Created)]), SHA256.HashData(await ReadAllAsync("race-in-parts")));
    }

    [Fact]
    public async Task A_large_blob_arrives_whole_and_is_not_replaced()
    {
        var bytes = Bytes((17 * Megabyte) + 13, seed: 1);

        Assert.Equal(BlobWrite.Created, await WriteAsync("large", bytes));
        Assert.Equal(BlobWrite.AlreadyThere, await WriteAsync("large", Bytes(17 * Megabyte, seed: 2)));

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await ReadAllAsync("large")));
    }

    [Fact]
    public async Task A_blob_starts_at_the_streams_position_and_leaves_the_stream_open()
    {
        using var content = new MemoryStream("skipped,kept"u8.ToArray());
        content.Position = "skipped,".Length;

        await Store.CreateAsync("position", content, "text/plain", CancellationToken.None);

        Assert.Equal("kept", await ReadTextAsync("position"));
        Assert.True(content.CanRead);
    }

    [Fact]
    public async Task A_missing_blob_is_null()
    {
        Assert.Null(await Store.OpenReadAsync("missing", CancellationToken.None));
        Assert.Null(await Store.OpenRangeAsync("missing", 5, 5, CancellationToken.None));

        await WriteAsync("other", "");

        Assert.Null(await Store.OpenReadAsync("missing", CancellationToken.None));
    }

    [Fact]
    public async Task Any_range_is_that_part_of_the_whole()
    {
        var bytes = Bytes((3 * Megabyte) + 7, seed: 3);
        await WriteAsync("ranges", bytes);
        var edges = Gen.OneOf(OneOf(0, 1, Megabyte - 1, Megabyte, Megabyte + 1, 3 * Megabyte, bytes.Length - 1, bytes.Length, bytes.Length + 5), Gen.Int[0, bytes.Length]);

        await Gen.Select(edges, Gen.OneOf(OneOf(1, 2, Megabyte, (2 * Megabyte) + 3, int.MaxValue), Gen.Int[1, Megabyte])).SampleAsync(
            async (offset, length) =>
            {
                await using var stream = await Store.OpenRangeAsync("ranges", offset, length, CancellationToken.None);
                var start = Math.Min(offset, bytes.Length);
                var count = Math.Min(length, bytes.Length - start);

                Assert.Equal(count, stream!.Length);
                var read = await ReadAsync(stream);
                Assert.True(bytes.AsSpan(start, count).SequenceEqual(read), $"{offset} {length}");
            },
            iter: 40,
            threads: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_range_behind_the_end_of_a_whole_block_is_empty(int behind)
    {
        await WriteAsync($"whole-{behind}", Bytes(Megabyte, seed: 12));

        Assert.Empty(await ReadAsync(await Store.OpenRangeAsync($"whole-{behind}", Megabyte + behind, 5, CancellationToken.None)));
        Assert.Single(await ReadAsync(await Store.OpenRangeAsync($"whole-{behind}", Megabyte - 1, 5, CancellationToken.None)));
    }

    [Fact]
    public async Task A_range_that_runs_past_every_number_ends_with_the_blob()
    {
        await WriteAsync("endless", "0123456789");

        Assert.Equal("789"u8.ToArray(), await ReadAsync(await Store.OpenRangeAsync("endless", 7, long.MaxValue, CancellationToken.None)));
    }

    [Fact]
    public async Task Damage_is_found_before_a_byte_of_it_is_given_away()
    {
        var bytes = Bytes((2 * Megabyte) + 100, seed: 4);
        await WriteAsync("damaged", bytes);
        await TamperAsync("damaged", content =>
        {
            content[Megabyte + 5] ^= 1;
            return content;
        });

        await using var stream = await Store.OpenReadAsync("damaged", CancellationToken.None);
        var read = new MemoryStream();
        await Assert.ThrowsAsync<BundleStoreException>(() => stream!.CopyToAsync(read));

        Assert.Equal(bytes.AsSpan(0, Megabyte).ToArray(), read.ToArray());
        await Assert.ThrowsAsync<BundleStoreException>(async () => await ReadAsync(await Store.OpenRangeAsync("damaged", Megabyte, 1, CancellationToken.None)));
        Assert.Equal(bytes[^50..], await ReadAsync(await Store.OpenRangeAsync("damaged", bytes.Length - 50, 50, CancellationToken.None)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(Megabyte)]
    public async Task A_blob_that_was_cut_short_where_it_lies_is_no_blob(int left)
    {
        await WriteAsync($"cut-{left}", Bytes(Megabyte + 10, seed: 5));
        await TamperAsync($"cut-{left}", content => content[..left]);

        await Assert.ThrowsAsync<BundleStoreException>(() => ReadAllAsync($"cut-{left}"));
        await Assert.ThrowsAsync<BundleStoreException>(async () => await ReadAsync(await Store.OpenRangeAsync($"cut-{left}", Megabyte + 1, 5, CancellationToken.None)));
        Assert.Empty(await ReadAsync(await Store.OpenRangeAsync($"cut-{left}", Megabyte + 10, 5, CancellationToken.None)));
    }

    [Theory]
    [InlineData(Fault.Overloaded)]
    [InlineData(Fault.ResetMidBody)]
    [InlineData(Fault.CutOff)]
    [InlineData(Fault.WrongBytes)]
    [InlineData(Fault.LostAnswer)]
    public async Task A_read_goes_on_after_a_fault(Fault fault)
    {
        var bytes = Bytes((2 * Megabyte) + 5, seed: 6);
        await WriteAsync($"read-{fault}", bytes);
        Proxy.Inject(fault, times: 1, IsRead);

        var read = await ReadAllAsync($"read-{fault}");

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(read));
        Assert.True(Proxy.IsQuiet);
    }

    [Theory]
    [InlineData(Fault.ResetMidBody)]
    [InlineData(Fault.WrongBytes)]
    [InlineData(Fault.LostAnswer)]
    public async Task A_read_ends_when_faults_do_not(Fault fault)
    {
        await WriteAsync($"hopeless-{fault}", Bytes(2000, seed: 7));
        var before = Proxy.Requests;
        Proxy.Inject(fault, times: 1000, IsRead);

        await Assert.ThrowsAsync<BundleStoreException>(() => ReadAllAsync($"hopeless-{fault}"));

        // No storm: a stream asks three times, each a store's client four times, each HttpClient four times where the
        // connection ended before an answer began (whether a reset body's did depends on what the machine was doing).
        Assert.InRange(Proxy.Requests - before, 2, 3 * 4 * 4);
    }

    [Theory]
    [InlineData(Fault.Overloaded, 2)]
    [InlineData(Fault.LostAnswer, 1)]
    public async Task A_write_goes_on_after_a_fault_and_the_blob_is_whole(Fault fault, int times)
    {
        var (small, large) = (Bytes(1000, seed: 8), Bytes((17 * Megabyte) + 1, seed: 9));
        await WriteAsync("warm", "up");

        Proxy.Inject(fault, times, IsWrite);
        await WriteAsync($"small-{fault}", small);
        Proxy.Inject(fault, times, IsWrite);
        await WriteAsync($"large-{fault}", large);

        Assert.True(Proxy.IsQuiet);
        Assert.Equal(small, await ReadAllAsync($"small-{fault}"));
        Assert.Equal(SHA256.HashData(large), SHA256.HashData(await ReadAllAsync($"large-{fault}")));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_nothing_behind()
    {
        await WriteAsync("warm", "up");
        using var cancel = new CancellationTokenSource();
        var seen = 0;
        Proxy.Inject(Fault.None, 1, request =>
        {
            // In the middle of a blob of several parts.
            if (IsWrite(request) && Interlocked.Increment(ref seen) == 3) cancel.Cancel();
            return false;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.CreateAsync("cancelled", new MemoryStream(Bytes(40 * Megabyte, seed: 10)), "application/zstd", cancel.Token));

        Assert.Null(await Open(Proxy.Url).OpenReadAsync("cancelled", CancellationToken.None));
    }

    [Fact]
    public async Task A_store_that_is_down_is_a_fault_of_its_own_kind()
    {
        var store = Open(new Uri("http://127.0.0.1:1"));

        await Assert.ThrowsAsync<BundleStoreException>(() => store.OpenReadAsync("name", CancellationToken.None));
        await Assert.ThrowsAsync<BundleStoreException>(() => store.CreateAsync("name", new MemoryStream([1]), "text/plain", CancellationToken.None));
        await Assert.ThrowsAsync<BundleStoreException>(() => store.ListAsync("", CancellationToken.None));
        await Assert.ThrowsAsync<BundleStoreException>(() => store.DeleteAsync("name", CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_caller_gets_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenReadAsync("name", cancelled.Token));
    }

    [Fact]
    public async Task Folders_are_listed_page_by_page_each_exactly_once()
    {
        var expected = Enumerable.Range(0, 7).Select(number => $"folders/{number}/").ToList();
        foreach (var folder in expected)
        {
            await WriteAsync(folder + "one", "1");
            await WriteAsync(folder + "deep/two", "2");
        }

        await WriteAsync("folders/file", "no folder");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Store.ListFoldersAsync("folders/", cursor, 3, CancellationToken.None);
            Assert.InRange(page.Folders.Count, 0, 3);
            seen.AddRange(page.Folders);
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(expected, seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task All_blobs_below_a_prefix_are_listed_and_a_deleted_one_is_gone()
    {
        foreach (var name in new[] { "listed/a", "listed/b/c", "listed-not" }) await WriteAsync(name, name);
        Assert.Equal(["listed/a", "listed/b/c"], (await Store.ListAsync("listed/", CancellationToken.None)).Order(StringComparer.Ordinal));

        await Store.DeleteAsync("listed/a", CancellationToken.None);
        await Store.DeleteAsync("listed/a", CancellationToken.None);

        Assert.Equal(["listed/b/c"], await Store.ListAsync("listed/", CancellationToken.None));
        Assert.Null(await Store.OpenReadAsync("listed/a", CancellationToken.None));
        Assert.Equal(BlobWrite.Created, await WriteAsync("listed/a", "again"));
    }

    private protected static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected Task<BlobWrite> WriteAsync(string name, string text) => WriteAsync(name, Encoding.UTF8.GetBytes(text));

    private protected Task<BlobWrite> WriteAsync(string name, byte[] bytes) =>
        Store.CreateAsync(name, new MemoryStream(bytes), "application/octet-stream", CancellationToken.None);

    private protected async Task<byte[]> ReadAllAsync(string name) => await ReadAsync(await Store.OpenReadAsync(name, CancellationToken.None));

    private protected async Task<string> ReadTextAsync(string name) => Encoding.UTF8.GetString(await ReadAllAsync(name));

    private protected static async Task<byte[]> ReadAsync(Stream? stream)
    {
        Assert.NotNull(stream);
        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    private static Gen<int> OneOf(params int[] values) => Gen.OneOf([.. values.Select(Gen.Const)]);

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method);

    private static bool IsWrite(HttpRequest request) => HttpMethods.IsPut(request.Method) || HttpMethods.IsPost(request.Method);
}
