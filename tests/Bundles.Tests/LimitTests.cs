using ZstdSharp;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>Limits hold while streaming: at the limit is accepted, one beyond is refused, and memory stays bounded.</summary>
public sealed class LimitTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public void The_limits_are_those_that_are_documented()
    {
        var limits = BundleLimits.Default;

        Assert.Equal((50L * Megabyte, 200L * Megabyte, 50L * Megabyte), (limits.MaxStoredBytes, limits.MaxExpandedBytes, limits.MaxFileBytes));
        Assert.Equal((2_000, 100, 8L * Megabyte), (limits.MaxFiles, limits.MaxRatio, limits.MaxWindowBytes));
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public async Task The_number_of_files_is_capped(int count, bool accepted)
    {
        var archive = new Archive();
        for (var index = 0; index < count; index++) archive.Add($"f{index:d5}", $"{index * 7919}");

        Assert.Equal(accepted, (await Bundle.ReadAsync(archive.Close())).TryGet(out _, out _));
    }

    [Fact]
    public async Task Each_limit_is_held_at_the_limit_and_broken_one_beyond()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);
        var expanded = Bundle.Sample.Sum(file => 512 + ((file.SizeBytes + 511) / 512 * 512)) + 1024;
        var at = new BundleLimits
        {
            MaxStoredBytes = bundle.Length,
            MaxExpandedBytes = expanded,
            MaxFileBytes = Bundle.Sample.Max(file => file.SizeBytes),
            MaxFiles = Bundle.Sample.Count,
            MaxRatio = (int)Math.Ceiling((double)expanded / bundle.Length),
        };

        Assert.True((await ReadAsync(bundle, at)).TryGet(out _, out var refusal), refusal?.Message);
        Assert.Contains("more than", await RefusedAsync(bundle, at with { MaxStoredBytes = at.MaxStoredBytes - 1 }), StringComparison.Ordinal);
        Assert.Contains("expands to more than", await RefusedAsync(bundle, at with { MaxExpandedBytes = at.MaxExpandedBytes - 1 }), StringComparison.Ordinal);
        Assert.Contains("the file has", await RefusedAsync(bundle, at with { MaxFileBytes = at.MaxFileBytes - 1 }), StringComparison.Ordinal);
        Assert.Contains("files", await RefusedAsync(bundle, at with { MaxFiles = at.MaxFiles - 1 }), StringComparison.Ordinal);
        Assert.Contains("times its size", await RefusedAsync(bundle, at with { MaxRatio = at.MaxRatio - 1 }), StringComparison.Ordinal);
        Assert.Contains("window", await RefusedAsync(bundle, at with { MaxWindowBytes = expanded - 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_holds_without_a_stated_size()
    {
        // A frame that does not state its size shows it only while it expands.
        var output = new MemoryStream();
        var archive = new Archive().Add("a", new string('x', 100_000));
        using (var decompressor = new Decompressor())
        using (var stream = new CompressionStream(output, 3)) stream.Write(decompressor.Unwrap(archive.Close()));

        var bundle = output.ToArray();
        Assert.Equal(0, bundle[4] >> 6);
        Assert.Contains("expands to more than", await RefusedAsync(bundle, BundleLimits.Default with { MaxExpandedBytes = 50_000 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zero_bomb_is_refused_long_before_it_is_expanded()
    {
        var bomb = Bomb(header: Header("a", 40 * Megabyte), repeat: new byte[Megabyte], times: 41);
        var sink = new CountingSink();

        var outcome = await BundleReader.ReadAsync(new MemoryStream(bomb), sink, CancellationToken.None);

        Assert.Contains("times its size", Bundle.Refused(outcome), StringComparison.Ordinal);
        Assert.InRange(sink.Bytes, 0, (8 * Megabyte) + (200 * 1024L));
    }

    [Fact]
    public async Task A_small_bundle_of_zeros_breaks_the_ratio_too() =>
        Assert.Contains("times its size", Bundle.Refused(await BundleWriter.WriteAsync([BundleFile.FromBytes("a", new byte[500_000])], new MemoryStream(), CancellationToken.None)), StringComparison.Ordinal);

    [Fact]
    public async Task A_million_empty_files_are_refused_at_the_first_too_many()
    {
        var bomb = EmptyFiles(1_000_000);
        var sink = new CountingSink();

        var outcome = await BundleReader.ReadAsync(new MemoryStream(bomb), sink, CancellationToken.None);

        Assert.Contains("more than 2000 files", Bundle.Refused(outcome), StringComparison.Ordinal);
        Assert.Equal(2_000, sink.Files);
    }

    [Fact]
    public void Memory_does_not_grow_with_what_an_archive_holds()
    {
        // Allocations in all bound the managed memory held at any time; the decoder's own memory is bounded by the window.
        const long Cap = 8 * Megabyte;
        byte[][] bombs = [Bomb(Header("a", 40 * Megabyte), new byte[Megabyte], 41), EmptyFiles(100_000), Large()];

        foreach (var bomb in bombs)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadToEnd(bomb);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cap);
        }
    }

    [Fact]
    public async Task A_sink_keeps_no_more_than_it_was_told_to()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);
        var size = Bundle.Sample.Single(file => file.Path == BundlePath.Manifest).SizeBytes;

        Assert.True((await BundleReader.ReadAsync(new MemoryStream(bundle), new SelectedFilesSink([BundlePath.Manifest], size), CancellationToken.None)).TryGet(out _, out _));
        var outcome = await BundleReader.ReadAsync(new MemoryStream(bundle), new SelectedFilesSink([BundlePath.Manifest], size - 1), CancellationToken.None);
        Assert.StartsWith(BundlePath.Manifest, Bundle.Refused(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Hashing_alone_is_capped_too(int beyond, bool accepted) =>
        Assert.Equal(accepted, (await BundleHash.ComputeAsync(new MemoryStream(new byte[(50 * Megabyte) + beyond]), CancellationToken.None)).TryGet(out _, out _));

    private static void ReadToEnd(byte[] bundle)
    {
        // Everything is in memory, so the reading is done when the call returns and all of it happened on this thread.
        var reading = BundleReader.ReadAsync(new MemoryStream(bundle), DiscardSink.Instance, CancellationToken.None);
        Assert.True(reading.IsCompleted);
    }

    private static byte[] Large()
    {
        var content = new byte[Megabyte];
        new Random(3).NextBytes(content);
        return Bomb(Header("a", 30 * Megabyte), content, 30);
    }

    private static byte[] EmptyFiles(int count)
    {
        var output = new MemoryStream();
        using (var stream = new CompressionStream(output, 1))
        {
            for (var index = 0; index < count; index++) stream.Write(Header($"{index:d7}", 0));
        }

        return output.ToArray();
    }

    private static byte[] Bomb(byte[] header, byte[] repeat, int times)
    {
        var output = new MemoryStream();
        using (var stream = new CompressionStream(output, 1))
        {
            stream.Write(header);
            for (var index = 0; index < times; index++) stream.Write(repeat);
        }

        return output.ToArray();
    }

    private static byte[] Header(string path, long size)
    {
        var header = new byte[Archive.BlockSize];
        Tar.TarHeader.Encode(path, size, header);
        return header;
    }

    private static Task<Contracts.Outcome<BundleContents>> ReadAsync(byte[] bundle, BundleLimits limits) =>
        BundleReader.ReadAsync(new MemoryStream(bundle), DiscardSink.Instance, limits, CancellationToken.None);

    private static async Task<string> RefusedAsync(byte[] bundle, BundleLimits limits) => Bundle.Refused(await ReadAsync(bundle, limits));
}
