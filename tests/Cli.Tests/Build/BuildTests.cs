using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Cli.Tests.Build;

public sealed class BuildTests : IDisposable
{
    private readonly ExtensionFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_component_that_the_registry_would_take_is_told_with_its_files()
    {
        await File.WriteAllBytesAsync(folder.Path("extension/dist/main.wasm"), Guest.Wasm("hello"));
        var run = await CliRun.RunAsync("build", folder.Source, "--check-only", "--json");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["README.md", "dist/main.wasm", "manifest.json"], run.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
    }

    [Fact]
    public async Task What_is_no_component_is_refused()
    {
        var run = await CliRun.RunAsync("build", folder.Source, "--check-only", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("bundle_invalid", run.ErrorCode);
    }

    [Fact]
    public async Task An_export_that_the_manifest_needs_and_the_component_lacks_is_refused_as_at_a_publish()
    {
        folder.Write("extension/manifest.json", ExtensionFolder.Manifest.Replace("\"api\":", "\"events\": [ { \"topic\": \"a.b\" } ], \"api\":", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(folder.Path("extension/dist/main.wasm"), Guest.Wasm("hello"));
        var run = await CliRun.RunAsync("build", folder.Source, "--check-only", "--json");
        Assert.Equal("bundle_invalid", run.ErrorCode);
        Assert.Contains("event-handler", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_is_refused_with_what_it_said()
    {
        folder.Write("extension/package.json", """{ "scripts": { "build": "echo the-reason && exit 3" } }""");
        var run = await CliRun.RunAsync("build", folder.Source, "--json");
        Assert.Equal("build_failed", run.ErrorCode);
        Assert.Contains("the-reason", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_refused_before_anything_is_built()
    {
        File.Delete(folder.Path("extension/manifest.json"));
        folder.Write("extension/package.json", """{ "scripts": { "build": "touch built" } }""");
        Assert.Equal("manifest_invalid", (await CliRun.RunAsync("build", folder.Source, "--json")).ErrorCode);
        Assert.False(File.Exists(folder.Path("extension/built")));
    }

    [Fact]
    public async Task A_new_extension_never_replaces_files()
    {
        var run = await CliRun.RunAsync("new", folder.Source, "--publisher", "acme", "--json");
        Assert.Equal("file_error", run.ErrorCode);
        Assert.Equal("component", await File.ReadAllTextAsync(folder.Path("extension/dist/main.wasm")));
    }
}
