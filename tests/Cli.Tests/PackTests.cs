namespace Alga.Extensions.Cli.Tests;

public sealed class PackTests : IDisposable
{
    private readonly ExtensionFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_bundle_holds_what_runs_and_neither_sources_nor_secrets()
    {
        var run = await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["README.md", "dist/main.wasm", "manifest.json"], run.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
    }

    [Fact]
    public async Task A_changelog_goes_along()
    {
        folder.Write("extension/CHANGELOG.md", "# Changelog\n\n## 1.2.3\n");

        var run = await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle, "--json");

        Assert.Equal(["CHANGELOG.md", "README.md", "dist/main.wasm", "manifest.json"], run.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
    }

    [Fact]
    public async Task A_changelog_that_is_too_large_is_refused_with_what_to_leave_out_and_nothing_is_written()
    {
        // Lines that differ: what expands too much is refused for that.
        folder.Write("extension/CHANGELOG.md", string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number * 7_919}\n"))[..((256 * 1024) + 1)]);

        var run = await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle, "--json");

        Assert.Equal((1, "bundle_invalid"), (run.ExitCode, run.ErrorCode));
        Assert.Equal(
            "CHANGELOG.md has 262145 bytes, more than the 262144 allowed; leave out what it says of the oldest versions.",
            run.Json.GetProperty("error").GetProperty("message").GetString());
        Assert.False(File.Exists(folder.Bundle));
    }

    [Fact]
    public async Task A_changelog_that_is_no_text_is_refused()
    {
        File.WriteAllBytes(folder.Path("extension/CHANGELOG.md"), [0xC3, 0x28]);

        var run = await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle, "--json");

        Assert.Equal((1, "bundle_invalid"), (run.ExitCode, run.ErrorCode));
        Assert.Contains("save it as UTF-8", run.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_files_give_the_same_bytes()
    {
        await CliRun.RunAsync("pack", folder.Source, "-o", folder.Path("first"));
        await CliRun.RunAsync("pack", folder.Source, "-o", folder.Path("second"));

        Assert.Equal(await File.ReadAllBytesAsync(folder.Path("first")), await File.ReadAllBytesAsync(folder.Path("second")));
    }

    [Fact]
    public async Task Every_fault_of_a_manifest_is_told_at_once_and_nothing_is_written()
    {
        folder.Write("extension/manifest.json", """{ "manifestVersion": 1, "name": "Acme", "nonsense": true }""");

        var run = await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle, "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("manifest_invalid", run.ErrorCode);
        var errors = run.Json.GetProperty("error").GetProperty("errors").EnumerateArray().Select(item => item.GetString()!).ToList();
        Assert.Contains(errors, error => error.StartsWith("manifestVersion", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("name", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("nonsense", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.Bundle));
        Assert.False(File.Exists(folder.Bundle + ".new"));
    }

    [Fact]
    public async Task A_component_that_was_not_built_is_named()
    {
        File.Delete(folder.Path("extension/dist/main.wasm"));

        var run = await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("dist/main.wasm", run.Error, StringComparison.Ordinal);
    }
}
