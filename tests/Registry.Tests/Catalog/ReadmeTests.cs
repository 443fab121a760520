using System.Text;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Catalog;

public sealed class ReadmeTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("# Reports\n\nShows *reports*.\n")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_version_has_the_README_of_its_bundle_as_text_whatever_is_in_it(string readme)
    {
        var name = await PublishAsync(Encoding.UTF8.GetBytes(readme));
        var answer = (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0/readme", app.User)).Is(200);
        Assert.Equal((readme, "text/markdown"), (answer.Text, answer.MediaType));
    }

    [Fact]
    public async Task A_README_that_is_no_text_or_too_large_is_none_and_hinders_no_publish()
    {
        var tooLarge = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number * 7_919}\n")));
        Assert.True(tooLarge.Length > 256 * 1024);
        foreach (var readme in new[] { null, [0xC3, 0x28], "a\0b"u8.ToArray(), "  \n"u8.ToArray(), tooLarge })
        {
            var name = await PublishAsync(readme);
            (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0/readme", app.User)).Is(404, "not_found");
        }
    }

    [Fact]
    public async Task A_version_that_is_not_there_has_no_README()
    {
        var name = await PublishAsync("hello"u8.ToArray());
        (await app.GetAsync($"/api/registry/extensions/{name}/versions/9.0.0/readme", app.User)).Is(404, "not_found");
        (await app.GetAsync("/api/registry/extensions/com.acme.nowhere/versions/1.0.0/readme", app.User)).Is(404, "not_found");
    }

    [Fact]
    public async Task Lists_tell_who_published_a_version_and_that_it_was_revoked()
    {
        var name = await PublishAsync("hello"u8.ToArray());
        (await app.PostJsonAsync($"/api/registry/extensions/{name}/versions/1.0.0/revoke", app.Operator, new { reason = "It leaks." })).Is(200);
        var listed = (await app.GetAsync($"/api/registry/extensions/{name}", app.User)).Is(200).Json.GetProperty("versions")[0];
        var shown = (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0", app.User)).Is(200).Json;
        Assert.EndsWith("#dev", listed.GetProperty("publishedBy").GetString(), StringComparison.Ordinal);
        Assert.Equal("It leaks.", listed.GetProperty("revoked").GetProperty("reason").GetString());
        Assert.Equal("It leaks.", shown.GetProperty("revoked").GetProperty("reason").GetString());

        (await app.PostJsonAsync($"/api/registry/extensions/{name}/versions/1.0.0/restore", app.Operator, new { reason = "It does not." })).Is(200);
        var restored = (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0", app.User)).Is(200).Json;
        Assert.Equal(JsonValueKind.Null, restored.GetProperty("revoked").ValueKind);
    }

    private async Task<string> PublishAsync(byte[]? readme)
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        (string, byte[])[] files = [("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(TestBundle.Manifest(name, "1.0.0", "acme")))];
        var bundle = await TestBundle.PackFilesAsync(name, "1.0.0", "acme", readme is null ? files : [("README.md", readme), .. files]);
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
        return name;
    }
}
