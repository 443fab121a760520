using System.Text.Json;

namespace Alga.Extensions.Cli.Tests.Catalog;

public sealed class CatalogCommandTests
{
    private const string Page =
        """
        { "items": [
            { "name": "com.acme.reports", "publisher": "acme", "displayName": "Reports", "description": "Counts things.", "latestVersion": "1.2.0",
              "latestPrerelease": "2.0.0-rc.1", "deprecated": { "message": "Use com.acme.insights.", "byOperator": false, "at": "2026-01-01T00:00:00Z" }, "createdAt": "2026-01-01T00:00:00Z" },
            { "name": "com.acme.young", "publisher": "acme", "displayName": "Young", "description": "", "latestVersion": null,
              "latestPrerelease": "0.1.0-a", "deprecated": null, "createdAt": "2026-01-01T00:00:00Z" },
            { "name": "com.acme.empty", "publisher": "acme", "displayName": "Empty", "description": "", "latestVersion": null,
              "latestPrerelease": null, "deprecated": null, "createdAt": "2026-01-01T00:00:00Z" } ],
          "nextCursor": "MQ" }
        """;

    [Fact]
    public async Task Search_asks_for_all_words_and_shows_what_is_found()
    {
        await using var registry = await FakeRegistry.StartAsync(200, Page);

        var run = await registry.RunAsync("search", "quarterly", "a&b=c", "--publisher", "acme", "--limit", "5", "--cursor", "MA");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("GET", registry.Method);
        Assert.Equal("/api/registry/extensions?q=quarterly a&b=c&publisher=acme&limit=5&cursor=MA", registry.Target);
        Assert.Equal("Bearer a-token", registry.Authorization);
        Assert.Contains("com.acme.reports 1.2.0  Reports", run.Output, StringComparison.Ordinal);
        Assert.Contains("Counts things.", run.Output, StringComparison.Ordinal);
        Assert.Contains("deprecated: Use com.acme.insights.", run.Output, StringComparison.Ordinal);
        Assert.Contains("com.acme.young 0.1.0-a  Young", run.Output, StringComparison.Ordinal);
        Assert.Contains("com.acme.empty (no version)  Empty", run.Output, StringComparison.Ordinal);
        Assert.Contains("--cursor MQ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_answers_programs_with_what_the_registry_said()
    {
        await using var registry = await FakeRegistry.StartAsync(200, Page);

        var run = await registry.RunAsync("search", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("/api/registry/extensions?limit=20", registry.Target);
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        Assert.Equal("com.acme.reports", run.Json.GetProperty("extensions")[0].GetProperty("name").GetString());
        Assert.Equal("MQ", run.Json.GetProperty("nextCursor").GetString());
    }

    [Fact]
    public async Task Search_that_finds_nothing_says_so_and_is_no_refusal()
    {
        await using var registry = await FakeRegistry.StartAsync(200, """{ "items": [], "nextCursor": null }""");

        var run = await registry.RunAsync("search", "nothing");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing is found", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yank_sends_the_reason_and_undo_sends_none()
    {
        await using var registry = await FakeRegistry.StartAsync(200, """{ "version": "1.2.0+a", "yanked": { "reason": "Broken.", "byOperator": false, "at": "2026-01-01T00:00:00Z" } }""");

        var run = await registry.RunAsync("yank", "com.acme.reports", "1.2.0+a", "--reason", "Broken.", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("POST", "/api/registry/extensions/com.acme.reports/versions/1.2.0+a/yank"), (registry.Method, registry.Target));
        Assert.Equal("Broken.", JsonElement.Parse(registry.Body!).GetProperty("reason").GetString());
        Assert.Equal("Broken.", run.Json.GetProperty("yanked").GetProperty("reason").GetString());

        Assert.Equal(0, (await registry.RunAsync("yank", "com.acme.reports", "1.2.0", "--undo")).ExitCode);
        Assert.Equal(("/api/registry/extensions/com.acme.reports/versions/1.2.0/unyank", ""), (registry.Target, registry.Body));
    }

    [Fact]
    public async Task Deprecate_sends_the_message_and_undo_sends_none()
    {
        await using var registry = await FakeRegistry.StartAsync(200, """{ "name": "com.acme.reports", "deprecated": null }""");

        var run = await registry.RunAsync("deprecate", "com.acme.reports", "--message", "Use another.");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("com.acme.reports is deprecated", run.Output, StringComparison.Ordinal);
        Assert.Equal("/api/registry/extensions/com.acme.reports/deprecate", registry.Target);
        Assert.Equal("Use another.", JsonElement.Parse(registry.Body!).GetProperty("message").GetString());

        Assert.Equal(0, (await registry.RunAsync("deprecate", "com.acme.reports", "--undo", "--json")).ExitCode);
        Assert.Equal("/api/registry/extensions/com.acme.reports/undeprecate", registry.Target);
    }

    [Theory]
    [InlineData("search")]
    [InlineData("yank", "com.acme.reports", "1.0.0", "--reason", "Broken.")]
    [InlineData("deprecate", "com.acme.reports", "--undo")]
    public async Task A_refusal_of_the_registry_is_exit_code_1_with_its_code_and_request(params string[] arguments)
    {
        await using var registry = await FakeRegistry.StartAsync(
            404, """{ "code": "not_found", "title": "Not found", "status": 404, "detail": "You have no extension com.acme.reports.", "requestId": "0199" }""");

        var run = await registry.RunAsync([.. arguments, "--json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("not_found", run.ErrorCode);
        Assert.Contains("request 0199", run.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
