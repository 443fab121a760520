using System.Text;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Catalog;

public sealed class ChangelogTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const int MaxBytes = 256 * 1024;

    [Theory]
    [InlineData("# Changelog\n\n## [1.0.0] - 2026-01-01\n- First.\n")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_version_has_the_changelog_of_its_bundle_as_text_whatever_is_in_it(string changelog)
    {
        var (name, answer) = await PublishAsync(Encoding.UTF8.GetBytes(changelog));
        answer.Is(201);
        var shown = (await app.GetAsync(Path(name, "1.0.0"), app.User)).Is(200);
        Assert.Equal((changelog, "text/markdown"), (shown.Text, shown.MediaType));
    }

    [Fact]
    public async Task The_largest_one_is_kept_whole_and_a_larger_one_is_refused_with_what_to_leave_out()
    {
        var (name, answer) = await PublishAsync(TextOf(MaxBytes));
        answer.Is(201);
        Assert.Equal(MaxBytes, (await app.GetAsync(Path(name, "1.0.0"), app.User)).Is(200).Text.Length);

        var refused = (await PublishAsync(TextOf(MaxBytes + 1))).Answer.Is(422, "bundle_invalid");
        Assert.Contains("leave out what it says of the oldest versions", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_no_text_is_refused_with_what_to_change()
    {
        foreach (var changelog in new byte[][] { [0xC3, 0x28], "a\0b"u8.ToArray() })
        {
            var refused = (await PublishAsync(changelog)).Answer.Is(422, "bundle_invalid");
            Assert.Contains("save it as UTF-8", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_version_without_one_or_with_blanks_only_and_one_that_is_not_there_have_none()
    {
        foreach (var changelog in new[] { null, "  \n"u8.ToArray() })
        {
            var (name, answer) = await PublishAsync(changelog);
            answer.Is(201);
            (await app.GetAsync(Path(name, "1.0.0"), app.User)).Is(404, "not_found");
            (await app.GetAsync(Path(name, "9.0.0"), app.User)).Is(404, "not_found");
        }
    }

    private static string Path(string name, string version) => $"/api/registry/extensions/{name}/versions/{version}/changelog";

    // Lines that differ: a bundle that expands too much is refused for that.
    private static byte[] TextOf(int bytes) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number * 7_919}\n"))[..bytes]);

    private async Task<(string Name, RegistryAnswer Answer)> PublishAsync(byte[]? changelog)
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        (string, byte[])[] files = [("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(TestBundle.Manifest(name, "1.0.0", "acme")))];
        var bundle = await TestBundle.PackFilesAsync(name, "1.0.0", "acme", changelog is null ? files : [("CHANGELOG.md", changelog), .. files]);
        return (name, await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer));
    }
}
