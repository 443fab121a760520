using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Tests;

public sealed class SubtreeTests
{
    [Fact]
    public async Task The_files_of_a_folder_are_extracted_by_their_whole_names()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);
        var sink = new NamesSink();

        var outcome = await ExtractAsync(bundle, ContentHash.Of(bundle), BundleSubtree.Ui, sink);

        Assert.True(outcome.TryGet(out var contents, out var refusal), refusal?.Message);
        Assert.Equal(["ui/assets/index-Bk3.js", "ui/index.html"], sink.Names);
        Assert.Equal(Bundle.Sample.Count, contents.Index.Files.Count);
    }

    [Fact]
    public async Task A_folder_is_not_the_start_of_another_ones_name()
    {
        var bundle = await Bundle.PackAsync(Bundle.Text("ui-kit/a", "1"), Bundle.Text("ui.js", "1"), Bundle.Text("ui/a", "1"), Bundle.Text("x/ui/a", "1"));
        var sink = new NamesSink();

        Assert.True((await ExtractAsync(bundle, ContentHash.Of(bundle), BundleSubtree.Ui, sink)).TryGet(out _, out _));

        Assert.Equal(["ui/a"], sink.Names);
    }

    [Theory]
    [InlineData("ui")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("ui/../")]
    [InlineData("ui//")]
    [InlineData("/ui/")]
    [InlineData("con/")]
    public void What_is_no_folder_of_a_bundle_is_refused(string folder) => Bundle.Refused(BundleSubtree.Parse(folder));

    [Theory]
    [InlineData("ui/assets/")]
    [InlineData("UI/")]
    public void Any_folder_that_a_bundle_can_have_is_taken(string folder)
    {
        Assert.True(BundleSubtree.Parse(folder).TryGet(out var subtree, out _));
        Assert.Equal(folder, subtree.Prefix);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Other_bytes_than_those_of_the_hash_are_refused(bool canSeek)
    {
        var (bundle, other) = (await Bundle.PackAsync(Bundle.Sample), await Bundle.PackAsync(Bundle.Text("ui/a", "1")));
        var sink = new NamesSink();

        var outcome = await BundleExtraction.ExtractAsync(
            canSeek ? new MemoryStream(other) : new OneWayStream(other), ContentHash.Of(bundle), BundleSubtree.Ui, sink, CancellationToken.None);

        Assert.Contains("not the bytes of", Bundle.Refused(outcome), StringComparison.Ordinal);
        // What can be hashed first is not even expanded.
        Assert.Equal(canSeek, sink.Names.Count == 0);
    }

    [Fact]
    public async Task Nothing_hostile_is_expanded_when_its_hash_is_not_the_expected_one()
    {
        // Even the reader's own limits are not what stops it.
        var bomb = Archive.Compress(new byte[100_000_000]);

        Assert.Contains("not the bytes of", Bundle.Refused(await ExtractAsync(bomb, ContentHash.Of([]), BundleSubtree.Ui, new NamesSink())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_outside_the_folder_refuses_all_of_it()
    {
        var bundle = new Archive().Add("ui/a", "1").AddNamed("ui/../../evil", "2").Close();

        Assert.Contains("'.' or '..'", Bundle.Refused(await ExtractAsync(bundle, ContentHash.Of(bundle), BundleSubtree.Dist, new NamesSink())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_case_of_the_corpus_is_refused_here_too()
    {
        foreach (var tar in Differential.TarCorpus.All.Values)
        {
            var bundle = Archive.Compress(tar);
            Bundle.Refused(await ExtractAsync(bundle, ContentHash.Of(bundle), BundleSubtree.Ui, new NamesSink()));
        }
    }

    [Fact]
    public async Task A_sink_that_refuses_ends_the_extraction_with_its_reason()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);

        var outcome = await ExtractAsync(bundle, ContentHash.Of(bundle), BundleSubtree.Ui, new SelectedFilesSink(["ui/index.html"], 1));

        Assert.StartsWith("ui/index.html", Bundle.Refused(outcome), StringComparison.Ordinal);
    }

    private static Task<Outcome<BundleContents>> ExtractAsync(byte[] bundle, ContentHash hash, BundleSubtree subtree, IBundleSink sink) =>
        BundleExtraction.ExtractAsync(new MemoryStream(bundle), hash, subtree, sink, CancellationToken.None);

    private sealed class NamesSink : IBundleSink
    {
        public List<string> Names { get; } = [];

        public Outcome<Stream> Open(string path, long sizeBytes)
        {
            Names.Add(path);
            return Stream.Null;
        }
    }

    private sealed class OneWayStream(byte[] content) : MemoryStream(content, writable: false)
    {
        public override bool CanSeek => false;
    }
}
