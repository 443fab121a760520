using Alga.Extensions.Cli.Tests.Catalog;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Cli.Tests.Replay;

/// <summary>The command, with the real engine in a process of its own.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Manifest = """
        {
          "manifestVersion": 2, "name": "com.acme.reports", "publisher": "acme", "version": "1.2.3",
          "displayName": "Reports", "runtime": "wasm-component@2", "entry": "dist/main.wasm",
          "capabilities": ["storage.kv", "http.fetch", "secrets.get", "metrics.emit"], "egress": ["api.example.com"],
          "storage": { "namespaces": ["ns"] }, "secrets": [ { "name": "key", "description": "A key" } ],
          "api": { "endpoints": [ { "method": "GET", "path": "/get" } ] }
        }
        """;

    private const string Id = "019cdfa6-ec00-7000-8000-00000000e8ec";

    private readonly ExtensionFolder folder = new();

    public ReplayTests()
    {
        folder.Write("extension/manifest.json", Manifest);
        File.WriteAllBytes(Path.Combine(folder.Source, "dist", "main.wasm"), Guest.Wasm("calls"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_recording_runs_again_step_for_step_and_ends_as_recorded()
    {
        folder.Write("recording.json", Recording);

        var run = await ReplayAsync("--recording", folder.Path("recording.json"), "--json");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.True(run.Json.GetProperty("same").GetBoolean());
        var step = run.Json.GetProperty("events")[0];
        Assert.Equal("storage.get", step.GetProperty("name").GetString());
        Assert.Equal("stored", step.GetProperty("answer").GetProperty("ok").GetProperty("value").GetString());
        Assert.Equal("stored", run.Json.GetProperty("end").GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_call_that_differs_is_shown_with_the_one_expected_and_the_exit_code_is_1()
    {
        folder.Write("recording.json", Recording.Replace("\"key\": \"k\" },", "\"key\": \"other\" },", StringComparison.Ordinal));

        var run = await ReplayAsync("--recording", folder.Path("recording.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Step 1 differs from the recording.", run.Output, StringComparison.Ordinal);
        Assert.Contains("""expected  storage.get {"namespace":"ns","key":"other"}""", run.Output, StringComparison.Ordinal);
        Assert.Contains("""actual    storage.get {"namespace":"ns","key":"k"}""", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_compared_with_the_one_that_was_recorded()
    {
        Assert.Equal(0, (await CliRun.RunAsync("pack", folder.Source, "-o", folder.Bundle)).ExitCode);
        folder.Write("recording.json", Recording);

        var run = await CliRun.RunAsync("replay", "--recording", folder.Path("recording.json"), "--bundle", folder.Bundle);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("another one than was recorded", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_comes_from_the_registry_by_its_execution_and_can_be_saved()
    {
        await using var registry = await FakeRegistry.StartAsync(200, Recording);

        var run = await registry.RunAsync("replay", Id, "--folder", folder.Source, "--no-build", "--save", folder.Path("saved.json"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"/api/tenant/installs/com.acme.reports/executions/{Id}/recording", registry.Target);
        Assert.Equal(Recording, await File.ReadAllTextAsync(folder.Path("saved.json")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Path("saved.json")));
    }

    [Fact]
    public async Task A_recording_of_another_extension_is_refused()
    {
        folder.Write("recording.json", Recording.Replace("com.acme.reports", "com.acme.notes", StringComparison.Ordinal));

        var run = await ReplayAsync("--recording", folder.Path("recording.json"), "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("replay_failed", run.ErrorCode);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{ "format": 7 }""")]
    public async Task What_is_no_recording_is_refused(string text)
    {
        folder.Write("recording.json", text);

        var run = await ReplayAsync("--recording", folder.Path("recording.json"), "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("replay_failed", run.ErrorCode);
    }

    [Fact]
    public async Task A_secrets_file_that_is_none_is_refused_without_a_word_of_it()
    {
        folder.Write("recording.json", Recording);
        folder.Write("secrets.json", """{ "key": hunter2 }""");

        var run = await ReplayAsync("--recording", folder.Path("recording.json"), "--secrets", folder.Path("secrets.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("hunter2", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData(Id, "--recording", "x")]
    [InlineData("not-an-id")]
    public async Task Wrong_usage_is_told(params string[] arguments) =>
        Assert.Equal(2, (await CliRun.RunAsync(["replay", .. arguments])).ExitCode);

    [Fact]
    public async Task Recording_is_turned_on_by_the_route_of_the_install()
    {
        await using var registry = await FakeRegistry.StartAsync(200, """{"recording":{"mode":"sampled","percent":5,"keepDays":3}}""");

        var run = await registry.RunAsync("recording", "com.acme.reports", "--mode", "sampled", "--percent", "5", "--keep-days", "3");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("PUT", "/api/tenant/installs/com.acme.reports/recording"), (registry.Method, registry.Target));
        Assert.Equal("""{"mode":"sampled","percent":5,"keepDays":3}""", registry.Body);
        Assert.Contains("5 % of the executions are recorded, and kept for 3 days.", run.Output, StringComparison.Ordinal);
    }

    private Task<CliRun> ReplayAsync(params string[] arguments) => CliRun.RunAsync(["replay", "--folder", folder.Source, "--no-build", .. arguments]);

    private static string Recording => $$"""
        {
          "format": 1, "executionId": "{{Id}}", "startedAt": "2026-03-01T12:00:00+00:00",
          "extensionId": "com.acme.reports", "version": "1.2.3", "contentHash": "sha256:{{new string('0', 64)}}", "timeoutMs": 20000, "memoryMb": 64,
          "request": { "method": "ns", "path": "/get", "endpoint": "/get", "params": [], "query": [], "headers": [], "body": { "text": "k" } },
          "sources": { "seed": "{{Convert.ToBase64String(new byte[32])}}", "wallClock": [], "monotonicClock": [] },
          "calls": [ {
            "name": "storage.get", "arguments": { "namespace": "ns", "key": "k" },
            "answer": { "ok": { "key": "k", "value": "stored", "revision": 1 } }, "tookUs": 900 } ],
          "end": { "status": 200, "headers": [], "body": { "text": "stored" } }
        }
        """;
}
