using System.Collections.Concurrent;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Cli.Tests;

/// <summary>The command against a registry that answers as the real one does.</summary>
public sealed class LogsTests : IAsyncLifetime
{
    private readonly WebApplication registry = WebApplication.CreateSlimBuilder().Build();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly string token = Path.GetTempFileName();
    private string answer = """{"items":[],"nextCursor":null}""";

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(token, "token");
        registry.Urls.Add("http://127.0.0.1:0");
        registry.MapGet("/api/tenant/installs/{name}/executions/{**rest}", (HttpRequest request) =>
        {
            asked.Enqueue(request.Path + request.QueryString);
            return Results.Text(answer, "application/json");
        });
        await registry.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await registry.DisposeAsync();
        File.Delete(token);
    }

    [Fact]
    public async Task Filters_go_to_the_registry_as_they_were_given()
    {
        var run = await RunAsync("com.acme.reports", "--status", "5xx", "--endpoint", "/a b/:id", "--limit", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("/api/tenant/installs/com.acme.reports/executions?status=5xx&endpoint=%2Fa%20b%2F%3Aid&limit=3", asked.Single());
        Assert.Contains("No executions", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executions_are_a_line_each_and_an_extension_cannot_write_to_the_terminal()
    {
        answer = $$"""{"items":[{{Item("\\u001b[31m/red")}},{{Item("/hello")}}],"nextCursor":"next"}""";
        var run = await RunAsync("com.acme.reports");
        Assert.Equal(2, run.Output.TrimEnd().Split('\n').Length);
        Assert.Contains("guest_trap", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);

        var facts = (await RunAsync("com.acme.reports", "--json")).Json;
        Assert.Equal(2, facts.GetProperty("items").GetArrayLength());
        Assert.Equal("next", facts.GetProperty("nextCursor").GetString());
    }

    [Fact]
    public async Task One_execution_is_shown_with_its_log_lines()
    {
        answer = Item("/hello").Replace("\"hasLogs\":true", "\"hasLogs\":true,\"logs\":[{\"atUs\":1500,\"level\":\"info\",\"message\":\"a\\nb\",\"fields\":{\"k\":\"v\"}}]", StringComparison.Ordinal);
        var run = await RunAsync("com.acme.reports", "--execution", "01936b2e-0000-7000-8000-00000000ac3e");
        Assert.EndsWith("/executions/01936b2e-0000-7000-8000-00000000ac3e", asked.Single(), StringComparison.Ordinal);
        Assert.Contains("1.5 ms  info   a b  {\"k\":\"v\"}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follower_shows_each_execution_once()
    {
        answer = $$"""{"items":[{{Item("/hello")}}],"nextCursor":null}""";
        using var output = new StringWriter();
        using var client = RegistryClient.Open(registry.Urls.First(), new FileInfo(token));
        using var stop = new CancellationTokenSource();
        var following = new LogsFollow(client, "api/tenant/installs/com.acme.reports/executions", "", output, json: false).RunAsync(stop.Token);
        while (asked.Count < 3) await Task.Delay(20);
        await stop.CancelAsync();
        await following;
        Assert.Single(output.ToString().TrimEnd().Split('\n'));
        Assert.Contains("from=2026-03-01T11%3A59%3A30Z", asked.Last(), StringComparison.Ordinal);
    }

    private static string Item(string endpoint) =>
        $$"""
        {"executionId":"01936b2e-0000-7000-8000-00000000ac3e","startedAt":"2026-03-01T12:00:00.000001Z","requestId":"01936b2e-0000-7000-8000-00000000ac3f",
         "traceId":null,"installId":"01936b2e-0000-7000-8000-00000000ac3f","version":"1.0.0","versionId":"01936b2e-0000-7000-8000-00000000ac3f",
         "method":"GET","endpoint":"{{endpoint}}","userId":"ada","status":502,"code":"guest_trap","durationUs":1234,"queueUs":1,"fuel":0,"memoryBytes":0,
         "egressBytes":0,"hasLogs":true}
        """;

    private Task<CliRun> RunAsync(params string[] arguments) =>
        CliRun.RunAsync(["logs", .. arguments, "--registry", registry.Urls.First(), "--token-file", token]);
}
