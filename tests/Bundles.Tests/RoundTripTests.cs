using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using CsCheck;

namespace Alga.Extensions.Bundles.Tests;

public sealed class RoundTripTests
{
    private static readonly Gen<string> Segment = Gen.String[Gen.Char["abcxyzABC019_-"], 1, 12];

    private static readonly Gen<string> Name =
        from first in Gen.Char["abcdefxyzABC0123456789"]
        from rest in Segment.Array[1, 4]
        from extension in Gen.OneOf(Gen.Const(""), Gen.Const(".js"), Gen.Const(".html"), Gen.Const(".wasm"))
        select first + string.Join('/', rest) + extension;

    internal static readonly Gen<(string Path, byte[] Content)[]> Files =
        from files in Gen.Select(Name, Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Byte.Array[500, 1600])).Array[0, 8]
        let valid = files.Where(file => BundlePath.FindFault(file.Item1) is null)
        select valid.DistinctBy(file => file.Item1.Split('/')[0], StringComparer.OrdinalIgnoreCase).ToArray();

    [Fact]
    public Task What_was_written_is_read_back() => Files.SampleAsync(
        async files =>
        {
            var bundle = await Bundle.PackAsync([.. files.Select(file => BundleFile.FromBytes(file.Path, file.Content))]);
            var sink = new SelectedFilesSink(files.Select(file => file.Path), 1_000_000);

            Assert.True((await BundleReader.ReadAsync(new MemoryStream(bundle), sink, CancellationToken.None)).TryGet(out var contents, out var refusal), refusal?.Message);

            Assert.Equal(ContentHash.Of(bundle), contents.Hash);
            Assert.Equal(bundle.Length, contents.SizeBytes);
            Assert.Equal(files.Select(file => file.Path).Order(StringComparer.Ordinal), contents.Index.Files.Select(file => file.Path));
            Assert.All(files, file =>
            {
                Assert.Equal(file.Content, sink.Files[file.Path].ToArray());
                Assert.True(contents.Index.TryFind(file.Path, out var indexed));
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Content)), indexed.Sha256);
                Assert.Equal(file.Content.Length, indexed.SizeBytes);
            });
        },
        iter: 200);

    [Fact]
    public Task The_order_of_the_files_does_not_change_the_bundle() => Files.SampleAsync(
        async files =>
        {
            var forward = files.Select(file => BundleFile.FromBytes(file.Path, file.Content)).ToList();

            Assert.Equal(await Bundle.PackAsync(forward), await Bundle.PackAsync([.. forward.AsEnumerable().Reverse()]));
        },
        iter: 50);

    [Fact]
    public async Task How_the_source_cuts_its_bytes_does_not_change_the_bundle()
    {
        var content = new byte[300_000];
        new Random(1).NextBytes(content.AsSpan(0, 100_000));

        var whole = await Bundle.PackAsync(BundleFile.FromBytes("a", content));
        var trickled = await Bundle.PackAsync(new BundleFile("a", content.Length, () => new TrickleStream(content, 777)));

        Assert.Equal(whole, trickled);
    }

    [Fact]
    public async Task A_bundle_that_arrives_in_drops_is_read_the_same()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);

        var outcome = await BundleReader.ReadAsync(new TrickleStream(bundle, 1), DiscardSink.Instance, CancellationToken.None);

        Assert.True(outcome.TryGet(out var contents, out _));
        Assert.Equal((await Bundle.AcceptedAsync(bundle)).Hash, contents.Hash);
    }

    [Fact]
    public async Task Writer_and_reader_report_the_same_contents()
    {
        var output = new MemoryStream();
        Assert.True((await BundleWriter.WriteAsync(Bundle.Sample, output, CancellationToken.None)).TryGet(out var written, out _));

        var read = await Bundle.AcceptedAsync(output.ToArray());

        Assert.Equal(written.Hash, read.Hash);
        Assert.Equal(written.SizeBytes, read.SizeBytes);
        Assert.Equal(written.Index.Files, read.Index.Files);
    }

    [Fact]
    public async Task The_hash_alone_is_the_hash_of_reading()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);

        Assert.True((await BundleHash.ComputeAsync(new MemoryStream(bundle), CancellationToken.None)).TryGet(out var computed, out _));

        Assert.Equal(((await Bundle.AcceptedAsync(bundle)).Hash, (long)bundle.Length), computed);
    }
}
