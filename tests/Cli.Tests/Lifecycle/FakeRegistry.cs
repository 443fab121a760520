using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Cli.Tests.Lifecycle;

/// <summary>A registry on a real socket that answers what a test wants, by method and path, and keeps what it was sent.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string tokenFile = Path.GetTempFileName();
    private readonly Dictionary<string, (int Status, string Body)> answers = new(StringComparer.Ordinal);

    private FakeRegistry(WebApplication app) => this.app = app;

    /// <summary>Method and path, with the query, of each request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The body of the last request that had one.</summary>
    public JsonNode? Sent { get; private set; }

    public static async Task<FakeRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new FakeRegistry(builder.Build());
        registry.app.MapFallback("/{**path}", (Delegate)registry.AnswerAsync);
        await registry.app.StartAsync();
        await File.WriteAllTextAsync(registry.tokenFile, "token");
        return registry;
    }

    public FakeRegistry Answers(string methodAndPath, int status, string body = "")
    {
        answers[methodAndPath] = (status, body);
        return this;
    }

    public Task<CliRun> RunAsync(params string[] arguments) =>
        CliRun.RunAsync([.. arguments, "--registry", app.Urls.Single(), "--token-file", tokenFile]);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        File.Delete(tokenFile);
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";
        Requests.Add(request);
        using var reader = new StreamReader(context.Request.Body);
        if (await reader.ReadToEndAsync() is { Length: > 0 } body) Sent = JsonNode.Parse(body);
        if (!answers.TryGetValue(request, out var answer)) return Results.StatusCode(StatusCodes.Status418ImATeapot);
        if (answer.Body.Length == 0) return Results.StatusCode(answer.Status);
        return Results.Text(answer.Body, answer.Status < 300 ? "application/json" : "application/problem+json", statusCode: answer.Status);
    }
}
