using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.DevHost.Events;

/// <summary>Each execution as an event: what was called and how it ended.</summary>
internal static class CallEvents
{
    public static void UseCallEvents(this WebApplication app, EventWriter events) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/v1/execute"))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Request.EnableBuffering();
        var request = await JsonSerializer.DeserializeAsync(context.Request.Body, ExecutionJson.Default.ExecuteRequest, context.RequestAborted).ConfigureAwait(false);
        context.Request.Body.Position = 0;
        var answer = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        await next(context).ConfigureAwait(false);
        context.Response.Body = answer;
        Write(events, request!, context.Response.StatusCode, kept.ToArray());
        kept.Position = 0;
        await kept.CopyToAsync(answer, context.RequestAborted).ConfigureAwait(false);
    });

    private static void Write(EventWriter events, ExecuteRequest request, int status, byte[] body)
    {
        var answer = JsonNode.Parse(body);
        events.Write("call", new()
        {
            ["requestId"] = request.Context.RequestId.ToString("D"),
            ["method"] = request.Http.Method,
            ["path"] = request.Http.Path,
            ["status"] = status == StatusCodes.Status200OK ? answer?["status"]?.DeepClone() : status,
            ["code"] = (answer?["error"]?["code"] ?? answer?["code"])?.DeepClone(),
            ["durationUs"] = answer?["usage"]?["duration_us"]?.DeepClone(),
        });
    }
}
