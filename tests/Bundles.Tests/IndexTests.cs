using System.Text;
using CsCheck;

namespace Alga.Extensions.Bundles.Tests;

public sealed class IndexTests
{
    [Fact]
    public async Task An_index_survives_being_written()
    {
        var index = (await Bundle.AcceptedAsync(await Bundle.PackAsync(Bundle.Sample))).Index;

        Assert.True(BundleIndex.Parse(index.ToJson()).TryGet(out var read, out var refusal), refusal?.Message);
        Assert.Equal(index.Files, read.Files);
        Assert.Contains("""{"path":"README.md","sizeBytes":8,"sha256":""", Encoding.UTF8.GetString(index.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_found_by_its_exact_name()
    {
        var index = (await Bundle.AcceptedAsync(await Bundle.PackAsync(Bundle.Sample))).Index;

        Assert.All(Bundle.Sample, file => Assert.True(index.TryFind(file.Path, out var found) && found.SizeBytes == file.SizeBytes));
        Assert.All(["", "readme.md", "manifest", "z", "ui", "ui/"], path => Assert.False(index.TryFind(path, out _)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"files":null}""")]
    [InlineData("""{"files":[null]}""")]
    [InlineData("""{"files":[],"files":[]}""")]
    [InlineData("""{"files":[],"more":1}""")]
    [InlineData("""{"files":[{"path":"a","sizeBytes":1,"sha256":"00","mediaType":"text/plain"}]}""")]
    [InlineData("""{"files":[{"path":"../a","sizeBytes":1,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","mediaType":"a"}]}""")]
    [InlineData("""{"files":[{"path":"a","sizeBytes":-1,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","mediaType":"a"}]}""")]
    public void A_loose_index_is_refused(string json) => Bundle.Refused(BundleIndex.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public async Task A_mutated_index_is_refused_or_read_but_never_throws()
    {
        var json = (await Bundle.AcceptedAsync(await Bundle.PackAsync(Bundle.Sample))).Index.ToJson();
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var mutated = json.ToArray();
            mutated[at] = value;
            return !BundleIndex.Parse(mutated).TryGet(out var index, out _) || index.Files.Count == Bundle.Sample.Count;
        });
    }

    [Theory]
    [InlineData("ui/index.html", "text/html; charset=utf-8")]
    [InlineData("ui/A.JS", "text/javascript; charset=utf-8")]
    [InlineData("ui/app.min.css", "text/css; charset=utf-8")]
    [InlineData("dist/main.wasm", "application/wasm")]
    [InlineData("icon.svg", "image/svg+xml")]
    [InlineData("LICENSE", "application/octet-stream")]
    [InlineData("ui/a.exe", "application/octet-stream")]
    [InlineData("ui.html/a", "application/octet-stream")]
    public void The_media_type_follows_from_the_extension(string path, string type) => Assert.Equal(type, MediaTypes.Of(path));
}
