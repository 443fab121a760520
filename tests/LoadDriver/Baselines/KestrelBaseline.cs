using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LoadDriver.Baselines;

/// <summary>What no runner can beat on Kestrel: an endpoint that parses the same JSON and writes the same JSON, and does nothing.</summary>
internal static class KestrelBaseline
{
    public const string Argument = "--kestrel-baseline";

    /// <summary>Serves until the process is stopped.</summary>
    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapPost("/v1/execute", AnswerAsync);
        await app.RunAsync();
    }

    private static async Task<IResult> AnswerAsync(HttpRequest call, CancellationToken aborted)
    {
        var request = await call.ReadFromJsonAsync(ExecutionJson.Default.ExecuteRequest, aborted);
        var response = new ExecuteResponse
        {
            Status = 200,
            Headers = new Dictionary<string, IReadOnlyList<string>> { ["content-type"] = ["application/json"] },
            Body = "{\"greeting\":\"Hello, ada!\",\"length\":3}"u8.ToArray(),
            Usage = new ExecuteUsage { DurationUs = request!.Limits.TimeoutMs ?? 0 },
        };
        return Results.Json(response, ExecutionJson.Default.ExecuteResponse);
    }
}
