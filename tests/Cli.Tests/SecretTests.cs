using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Cli.Tests;

public sealed class SecretTests : IAsyncLifetime
{
    private const string Canary = "canary-5f1c";

    private readonly string folder = Directory.CreateTempSubdirectory("alga-ext-").FullName;
    private readonly List<(string Line, string Body)> received = [];
    private WebApplication registry = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        registry = builder.Build();
        registry.Run(AnswerAsync);
        await registry.StartAsync();
        await File.WriteAllTextAsync(Token, "token");
        await File.WriteAllTextAsync(Value, Canary + "\n");
    }

    public async Task DisposeAsync()
    {
        await registry.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Token => Path.Combine(folder, "token");

    private string Value => Path.Combine(folder, "value");

    [Fact]
    public async Task A_value_comes_from_a_file_and_is_not_repeated()
    {
        var run = await RunAsync("set", "com.acme.reports", "api-key", "--file", Value, "--expires-at", "2100-01-01T00:00:00Z");
        Assert.Equal(0, run.ExitCode);
        var (line, body) = Assert.Single(received);
        Assert.Equal("PUT /api/tenant/installs/com.acme.reports/secrets/api-key", line);
        Assert.Equal(Canary, JsonElement.Parse(body).GetProperty("value").GetString());
        Assert.Equal(2100, JsonElement.Parse(body).GetProperty("expiresAt").GetDateTimeOffset().Year);
        Assert.DoesNotContain(Canary, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set", "com.acme.reports", "api-key", Canary)]
    [InlineData("set", "com.acme.reports", "api-key", "--value", Canary)]
    [InlineData("set", "com.acme.reports")]
    [InlineData("set", "Not A Name", "api-key")]
    [InlineData("delete", "com.acme.reports")]
    [InlineData("list")]
    public async Task A_value_on_the_command_line_is_wrong_usage_like_anything_that_is_missing(params string[] arguments)
    {
        Assert.Equal(2, (await RunAsync(arguments)).ExitCode);
        Assert.Empty(received);
    }

    [Fact]
    public async Task A_deletion_is_sent_and_said()
    {
        Assert.Equal(0, (await RunAsync("delete", "com.acme.reports", "api-key")).ExitCode);
        Assert.Equal("DELETE /api/tenant/installs/com.acme.reports/secrets/api-key", Assert.Single(received).Line);
    }

    [Fact]
    public async Task The_list_says_what_is_there_and_what_is_missing()
    {
        var run = await RunAsync("list", "com.acme.reports");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("api-key: valid", run.Output, StringComparison.Ordinal);
        Assert.Contains("other: missing (required)", run.Output, StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(["secret", .. arguments, "--registry", registry.Urls.Single(), "--token-file", Token]);

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        received.Add(($"{context.Request.Method} {context.Request.Path}", await reader.ReadToEndAsync()));
        if (context.Request.Method == "DELETE") context.Response.StatusCode = StatusCodes.Status204NoContent;
        else await context.Response.WriteAsync("""{"version":1,"items":[{"name":"api-key","state":"valid","version":2,"createdAt":"2026-01-01T00:00:00Z"},{"name":"other","state":"missing","required":true}]}""");
    }
}
