namespace Alga.Extensions.Cli.Tests.Lifecycle;

/// <summary>What an administrator reads and a script gets when an install is upgraded, rolled back, uninstalled and restored.</summary>
public sealed class UpgradeTests
{
    private const string Path = "/api/tenant/installs/com.acme.reports";

    private const string Difference =
        """
        {
          "capabilities": { "added": ["http.fetch"], "removed": ["metrics.emit"], "unchanged": ["storage.kv"] },
          "egress": { "added": ["*.example.com"], "removed": [], "unchanged": [] },
          "secrets": { "added": ["api-key"], "removed": [], "unchanged": [] },
          "endpoints": { "added": ["GET /new"], "removed": [], "unchanged": [] },
          "events": { "added": ["ticket.created"], "removed": [], "unchanged": [] },
          "configFaults": ["#/greeting: StringExpected"]
        }
        """;

    private const string Waiting = $$"""{ "version": "1.0.0", "status": "enabled", "missing": { "capabilities": [], "egress": [] }, "pending": { "version": "2.0.0", "difference": {{Difference}} } }""";

    private const string Applied = """{ "version": "2.0.0", "status": "enabled", "missing": { "capabilities": ["http.fetch"], "egress": [] }, "pending": null, "rollout": null }""";

    [Fact]
    public async Task An_upgrade_that_waits_is_told_in_plain_words_with_what_to_do()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Answers($"POST {Path}/upgrade", 202, Waiting);

        var run = await registry.RunAsync("upgrade", "com.acme.reports");

        Assert.Equal(0, run.ExitCode);
        foreach (var part in new[]
        {
            "2.0.0 waits for your consent; 1.0.0 goes on serving", "+ it asks to send requests to hosts on the internet (http.fetch)",
            "+ it asks to send requests to every host below example.com (*.example.com)", "- it no longer asks to record metrics (metrics.emit)",
            "+ it wants a secret that you enter: api-key", "+ new endpoint GET /new", "+ it is told of events: ticket.created",
            "! the settings do not fit it: #/greeting: StringExpected", "alga-ext upgrade com.acme.reports --version 2.0.0 --grant-all",
        })
        {
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        }

        Assert.Equal("{}", registry.Sent!.ToJsonString());
    }

    [Fact]
    public async Task An_upgrade_that_waits_is_told_in_JSON_too()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Answers($"POST {Path}/upgrade", 202, Waiting);

        var json = (await registry.RunAsync("upgrade", "com.acme.reports", "--version", "2.0.0", "--percent", "5", "--json")).Json;

        Assert.Equal((true, true, "1.0.0"), (json.GetProperty("ok").GetBoolean(), json.GetProperty("waits").GetBoolean(), json.GetProperty("version").GetString()));
        Assert.Equal("""{"version":"2.0.0","percent":5}""", registry.Sent!.ToJsonString());
    }

    [Fact]
    public async Task Granting_all_looks_up_what_the_newest_version_asks_for()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry
            .Answers($"GET {Path}/upgrade", 200, $$"""{ "from": "1.0.0", "to": "2.0.0", "wouldWait": true, "difference": {{Difference}} }""")
            .Answers("GET /api/registry/extensions/com.acme.reports/versions/2.0.0", 200, """{ "manifest": { "capabilities": ["http.fetch"], "egress": ["*.example.com"] } }""")
            .Answers($"POST {Path}/upgrade", 200, Applied);

        var run = await registry.RunAsync("upgrade", "com.acme.reports", "--grant-all");

        Assert.Equal((0, "com.acme.reports runs 2.0.0; asked for and not granted: http.fetch"), (run.ExitCode, run.Output.Trim()));
        Assert.Equal("""{"version":"2.0.0","grants":{"capabilities":["http.fetch"],"egress":["*.example.com"]}}""", registry.Sent!.ToJsonString());
    }

    [Fact]
    public async Task A_preview_only_reads()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Answers($"GET {Path}/upgrade?version=2.0.0", 200, $$"""{ "from": "1.0.0", "to": "2.0.0", "wouldWait": true, "difference": {{Difference}} }""");

        var run = await registry.RunAsync("upgrade", "com.acme.reports", "--version", "2.0.0", "--preview");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("from 1.0.0 to 2.0.0: it would wait for your consent", run.Output, StringComparison.Ordinal);
        Assert.All(registry.Requests, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reject", "POST /reject", "is dropped; 2.0.0 goes on serving", "upgrade", "--reject")]
    [InlineData("rollback", "POST /rollback", "runs 2.0.0 for all users", "rollback")]
    [InlineData("restore", "POST /restore", "2.0.0 is back, enabled", "restore")]
    [InlineData("uninstall", "DELETE ", "within 30 days", "uninstall")]
    public async Task Other_steps_are_one_call_and_one_sentence(string step, string call, string text, string command, params string[] options)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Answers(call.Replace(" ", $" {Path}", StringComparison.Ordinal), step == "uninstall" ? 204 : 200, step == "uninstall" ? "" : Applied);

        var run = await registry.RunAsync([command, "com.acme.reports", .. options]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Single(registry.Requests);
    }

    [Theory]
    [InlineData("upgrade")]
    [InlineData("rollback")]
    [InlineData("restore")]
    public async Task A_refusal_is_exit_code_1_with_its_code(string command)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Answers($"POST {Path}/{command}", 409, """{ "code": "conflict", "title": "t", "status": 409, "detail": "No.", "requestId": "01936b2e-0000-7000-8000-000000000001" }""");

        var run = await registry.RunAsync(command, "com.acme.reports", "--json");

        Assert.Equal((1, "conflict"), (run.ExitCode, run.ErrorCode));
    }
}
