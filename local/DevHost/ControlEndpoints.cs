using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.DevHost.Bundle;
using Alga.Extensions.DevHost.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.DevHost;

/// <summary>What <c>alga-ext</c> tells this process to do, on a loopback port and with the token that both know.</summary>
internal static class ControlEndpoints
{
    // The bundle reader refuses what is larger.
    private const long MaxBundleBytes = 50 * 1024 * 1024;

    public static async Task<WebApplication> StartAsync(
        DevHostOptions options, int port, DevInstaller installer, FakeWorld? world, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = MaxBundleBytes;
        });
        var app = builder.Build();
        var expected = Encoding.UTF8.GetBytes("Bearer " + options.ControlToken);
        app.Use((context, next) =>
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), expected)) return next(context);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        app.MapPut("/bundle", async (HttpRequest request, CancellationToken aborted) =>
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes, aborted).ConfigureAwait(false);
            var outcome = await installer.InstallAsync(bytes.ToArray(), aborted).ConfigureAwait(false);
            if (!outcome.TryGet(out var installed, out var refusal)) return Refuse(refusal);
            return Results.Json(new Dictionary<string, string> { ["contentHash"] = installed.Hash.ToString(), ["version"] = installed.Manifest.Version });
        });
        app.MapPut("/source", async (HttpRequest request, CancellationToken aborted) =>
        {
            using var reader = new StreamReader(request.Body);
            installer.Source = await reader.ReadToEndAsync(aborted).ConfigureAwait(false) is { Length: > 0 } source ? source : null;
            return Results.NoContent();
        });
        app.MapPut("/world", async (HttpRequest request, CancellationToken aborted) =>
        {
            if (world is null) return Results.StatusCode(StatusCodes.Status404NotFound);
            if (await JsonNode.ParseAsync(request.Body, cancellationToken: aborted).ConfigureAwait(false) is not JsonObject body) return Results.StatusCode(StatusCodes.Status400BadRequest);
            world.Reset(body["fetch"] as JsonArray ?? []);
            return await installer.ResetAsync(body["config"] as JsonObject ?? [], body["secrets"] as JsonObject ?? [], aborted).ConfigureAwait(false) is { } install
                ? Results.Json(new Dictionary<string, string> { ["installId"] = install.ToString("D") })
                : Results.StatusCode(StatusCodes.Status409Conflict);
        });
        app.MapGet("/world", () => world is null ? Results.StatusCode(StatusCodes.Status404NotFound) : Results.Text(world.Report().ToJsonString(), "application/json"));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return app;
    }

    private static IResult Refuse(Refusal refusal) => Results.Json(
        new Dictionary<string, string> { ["code"] = ErrorTable.Describe(refusal.Code).Name, ["message"] = refusal.Message }, statusCode: StatusCodes.Status422UnprocessableEntity);
}
