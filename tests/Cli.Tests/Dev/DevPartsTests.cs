using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Dev;

namespace Alga.Extensions.Cli.Tests.Dev;

public sealed class DevPartsTests : IDisposable
{
    private const string Manifest = """
        {
          "name": "com.acme.reports",
          "capabilities": ["storage.kv"],
          "egress": ["api.example.com"]
        }
        """;

    private readonly ExtensionFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1.2.3", "1.2.3-dev.7")]
    [InlineData("1.2.3-beta.1", "1.2.3-beta.1.dev.7")]
    [InlineData("1.2.3+build.5", "1.2.3-dev.7")]
    public void A_version_under_development_is_one_of_its_own(string version, string expected) => Assert.Equal(expected, DevBundle.DevVersion(version, 7));

    [Theory]
    [InlineData("This needs a capability. Add \"http.fetch\" to \"capabilities\" in manifest.json and have it granted.", "manifest.json:3")]
    [InlineData("This install may not reach b.example. Add \"b.example\" to \"egress\" in manifest.json and have it granted.", "manifest.json:4")]
    [InlineData("Add { \"name\": \"key\", ... } to \"secrets\" in manifest.json.", "manifest.json:5")]
    [InlineData("The platform's operator does not allow b.example.", null)]
    public void A_denial_names_the_line_to_change(string denial, string? expected) => Assert.Equal(expected, ManifestLines.Find(Manifest, denial));

    [Theory]
    [InlineData("dist/main.wasm", true)]
    [InlineData("ui/index.html", true)]
    [InlineData("node_modules/a/b.js", true)]
    [InlineData(".alga/dev/lock", true)]
    [InlineData("server/index.ts~", true)]
    [InlineData("server/index.ts", false)]
    [InlineData("web/ui/dist.ts", false)]
    [InlineData("manifest.json", false)]
    public void What_a_build_writes_does_not_build_again(string path, bool expected) => Assert.Equal(expected, FolderWatch.IsIgnored(path));

    [Fact]
    public async Task A_save_is_told_once_with_all_its_files_and_without_what_a_build_wrote()
    {
        using var watch = new FolderWatch(folder.Source);
        folder.Write("extension/dist/main.wasm", "other");
        folder.Write("extension/server/main.ts", "other");
        var changed = await watch.NextAsync(CancellationToken.None);
        while (!changed.Contains("server/main.ts")) changed = await watch.NextAsync(CancellationToken.None);
        Assert.DoesNotContain("dist/main.wasm", changed);
    }

    [Fact]
    public async Task A_build_of_ones_own_runs_whole_but_not_for_a_manifest_or_a_test()
    {
        folder.Write("extension/package.json", """{ "scripts": { "build": "echo x >> runs" } }""");
        var steps = BuildSteps.Read(folder.Source);
        await steps.BuildAsync(new HashSet<string> { "manifest.json", "test/a.test.ts" }, CancellationToken.None);
        Assert.False(File.Exists(folder.Path("extension/runs")));
        await steps.BuildAsync(new HashSet<string> { "server/main.ts" }, CancellationToken.None);
        Assert.Single(await File.ReadAllLinesAsync(folder.Path("extension/runs")));
    }

    [Fact]
    public async Task After_a_save_the_server_side_becomes_code_for_the_loader()
    {
        WriteTemplate("code");
        var steps = BuildSteps.Read(folder.Source);
        Assert.Null(steps.Quick);

        Assert.True(await steps.TryQuickAsync(CancellationToken.None));
        await steps.BuildAsync(new HashSet<string> { "server/main.ts" }, CancellationToken.None);

        Assert.Equal("code", await File.ReadAllTextAsync(steps.Quick!.Source));
        Assert.True(File.Exists(steps.Quick.Loader));
        Assert.Equal(["dev", "dev"], await RunsAsync());
        await steps.BuildComponentAsync(CancellationToken.None);
        Assert.NotNull(steps.Quick);
        Assert.Equal(["dev", "dev", "component"], await RunsAsync());
    }

    [Fact]
    public async Task Code_that_is_too_large_for_the_loader_becomes_a_component()
    {
        WriteTemplate("code");
        var steps = BuildSteps.Read(folder.Source);
        Assert.True(await steps.TryQuickAsync(CancellationToken.None));
        WriteTemplate(new string('x', (300 * 1024) + 1));

        await steps.BuildAsync(new HashSet<string> { "server/main.ts" }, CancellationToken.None);

        Assert.Null(steps.Quick);
        Assert.Equal(["dev", "dev", "component"], await RunsAsync());
    }

    [Fact]
    public async Task With_an_older_sdk_every_save_makes_a_component()
    {
        folder.Write("extension/package.json", """{ "scripts": { "build": "alga-build" } }""");
        folder.Write(Script, "if (process.argv.includes('--dev')) process.exit(2); require('fs').appendFileSync('runs', 'component\\n');");
        var steps = BuildSteps.Read(folder.Source);

        Assert.False(await steps.TryQuickAsync(CancellationToken.None));
        await steps.BuildAsync(new HashSet<string> { "server/main.ts" }, CancellationToken.None);

        Assert.Null(steps.Quick);
        Assert.Equal(["component"], await RunsAsync());
    }

    [Fact]
    public void A_folder_that_nothing_builds_is_refused() => Assert.Throws<RefusedException>(() => BuildSteps.Read(folder.Source));

    private const string Script = "extension/node_modules/@alga/extension-sdk/scripts/alga-build.js";

    /// <summary>A folder as of the templates, with a build that says what it was asked for.</summary>
    private void WriteTemplate(string code)
    {
        folder.Write("extension/package.json", """{ "scripts": { "build": "alga-build" } }""");
        folder.Write(Script, $$"""
            const { appendFileSync, mkdirSync, writeFileSync } = require('fs');
            const at = process.argv.indexOf('--dev');
            appendFileSync('runs', at < 0 ? 'component\n' : 'dev\n');
            if (at > 0) {
              mkdirSync(process.argv[at + 1], { recursive: true });
              writeFileSync(process.argv[at + 1] + '/loader.wasm', 'loader');
              writeFileSync(process.argv[at + 1] + '/server.js', '{{code}}');
            }
            """);
    }

    private Task<string[]> RunsAsync() => File.ReadAllLinesAsync(folder.Path("extension/runs"));
}
