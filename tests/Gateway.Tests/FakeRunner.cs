using System.Collections.Concurrent;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.ServiceTokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>A runner on a real socket that checks the service token and answers what a test wants.</summary>
public sealed class FakeRunner : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(index => (byte)index)];

    private readonly WebApplication app;

    private FakeRunner(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single());

    /// <summary>The last request whose token was right.</summary>
    public ExecuteRequest? Last { get; private set; }

    public int Calls { get; private set; }

    /// <summary>Every request whose token was right, in the order of arrival.</summary>
    public ConcurrentQueue<ExecuteRequest> Received { get; } = new();

    /// <summary>The request that an answer is asked for.</summary>
    public static ExecuteRequest RequestOf(HttpContext context) => (ExecuteRequest)context.Items[nameof(ExecuteRequest)]!;

    public string? TraceParent { get; private set; }

    public Func<HttpContext, Task<IResult>> Answer { get; set; } = _ => throw new InvalidOperationException();

    public static IResult Json(ExecuteResponse response) => Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(response, ExecutionJson.Default.ExecuteResponse), "application/json");

    public static async Task<FakeRunner> StartAsync(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        var runner = new FakeRunner(builder.Build());
        runner.app.MapPost("/v1/execute", (Delegate)runner.ExecuteAsync);
        await runner.app.StartAsync();
        return runner;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> ExecuteAsync(HttpContext context)
    {
        Calls++;
        TraceParent = context.Request.Headers.TraceParent;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var request = JsonSerializer.Deserialize(body.ToArray(), ExecutionJson.Default.ExecuteRequest)!;
        var verified = new ServiceTokenVerifier(new ServiceTokenKey(Key), TimeProvider.System).Verify(token, body.ToArray());
        if (!verified.TryGet(out var claims, out _) || ServiceTokenAgreement.Check(claims, request) is not null) return Results.StatusCode(418);
        Last = request;
        Received.Enqueue(request);
        context.Items[nameof(ExecuteRequest)] = request;
        return await Answer(context);
    }
}
