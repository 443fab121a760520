using System.Buffers.Binary;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>What surrounds the archive: one plain zstd frame, and nothing else.</summary>
public sealed class ZstdTests
{
    private static readonly byte[] Plain = new Archive().Add("a", "text").Close();
    private static readonly byte[] Skippable = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];

    public static TheoryData<string, byte[], string> Attacks => new()
    {
        { "nothing", [], "ends within its zstd header" },
        { "half a header", Plain[..4], "ends within its zstd header" },
        { "a bare archive", new byte[1024], "not a zstd frame" },
        { "gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "not a zstd frame" },
        { "a frame of zstd 0.7", [0x27, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0], "not a zstd frame" },
        { "a skippable frame first", [.. Skippable, .. Plain], "skippable" },
        { "a skippable frame last", [.. Plain, .. Skippable], "bytes after its zstd frame" },
        { "a second frame", [.. Plain, .. Plain], "bytes after its zstd frame" },
        { "an empty second frame", [.. Plain, .. Archive.Compress([])], "bytes after its zstd frame" },
        { "an archive in two frames", InTwoFrames(), "bytes after its zstd frame" },
        { "a byte at the end", [.. Plain, 0], "bytes after its zstd frame" },
        { "a cut frame", Plain[..^1], "cut off" },
        { "a dictionary", Described(0x21), "dictionary" },
        { "a reserved bit", Described(0x28), "reserved" },
        { "an unused bit", Described(0x30), "reserved" },
        { "a window of 9 MB", Windowed((13 << 3) | 1), "window is larger" },
        { "a window of 3.75 TB", Windowed(0xFF), "window is larger" },
        { "a single segment of 9 MB", SingleSegment(9 * 1024 * 1024), "window is larger" },
        { "a single segment beyond all numbers", SingleSegment(ulong.MaxValue), "window is larger" },
        { "a stated size beyond the cap", StatedSize(200 * 1024 * 1024 + 1), "expands to more than" },
        { "a wrong checksum", WrongChecksum(), "damaged" },
        { "a wrong stated size", WrongSize(), "damaged" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Another_frame_is_refused(string attack, byte[] bundle, string because)
    {
        Assert.NotEmpty(attack);
        Assert.Contains(because, await Bundle.RefusedAsync(bundle), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Another_frame_is_refused_when_it_arrives_in_drops(string attack, byte[] bundle, string because)
    {
        Assert.NotEmpty(attack);
        var outcome = await BundleReader.ReadAsync(new TrickleStream(bundle, 1), DiscardSink.Instance, CancellationToken.None);

        Assert.Contains(because, Bundle.Refused(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_window_of_a_real_compressor_is_refused()
    {
        using var compressor = new Compressor(3);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, 24);
        var output = new MemoryStream();
        using (var stream = new CompressionStream(output, compressor)) stream.Write(new byte[1024]);

        Assert.Contains("window is larger", await Bundle.RefusedAsync(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_writer_makes_keeps_to_the_window()
    {
        var content = new byte[9 * 1024 * 1024];
        new Random(7).NextBytes(content.AsSpan(0, 1024 * 1024));

        await Bundle.AcceptedAsync(await Bundle.PackAsync(BundleFile.FromBytes("a", content)));
    }

    private static byte[] Described(byte descriptor) => [.. Plain[..4], descriptor, .. Plain[5..]];

    private static byte[] Windowed(byte window) => [.. Plain[..4], 0x00, window, 1, 0, 0];

    private static byte[] SingleSegment(ulong size) => [.. Plain[..4], 0xE0, .. LittleEndian(size), 1, 0, 0];

    private static byte[] StatedSize(ulong size) => [.. Plain[..4], 0xC0, 0x58, .. LittleEndian(size), 1, 0, 0];

    private static byte[] LittleEndian(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] InTwoFrames()
    {
        using var decompressor = new Decompressor();
        var archive = decompressor.Unwrap(Plain).ToArray();
        return [.. Archive.Compress(archive[..1024]), .. Archive.Compress(archive[1024..])];
    }

    private static byte[] WrongChecksum()
    {
        using var decompressor = new Decompressor();
        using var compressor = new Compressor(3);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        var bundle = compressor.Wrap(decompressor.Unwrap(Plain)).ToArray();
        bundle[^1] ^= 1;
        return bundle;
    }

    private static byte[] WrongSize()
    {
        // A frame of 256 to 65,791 bytes states its size less 256 in two bytes after the descriptor.
        var bundle = Plain.ToArray();
        Assert.Equal(0x60, bundle[4]);
        bundle[5] ^= 1;
        return bundle;
    }
}
