using System.Diagnostics;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// What every HTTP answer of the platform has in common: a request id, a span, no caching unless asked for, and a
/// problem body in place of an exception. Call it as the outermost thing, since the hosts around give an unhandled
/// exception as an empty 500 and have no span of their own.
/// </summary>
public sealed class Edge(TimeProvider time, ILogger<Edge> logger)
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Alga.Extensions.HttpEdge";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    /// <summary>Runs a handler and guards its result.</summary>
    /// <param name="operation">Name of the span, the same for all requests to this endpoint.</param>
    /// <param name="request">The request.</param>
    /// <param name="handle">Does the work. It reads the whole request body before it returns a result.</param>
    public async Task<IResult> RunAsync(string operation, HttpRequest request, Func<EdgeRequest, Task<IResult>> handle)
    {
        var edge = new EdgeRequest(request, Guid.CreateVersion7(time.GetUtcNow()));
        var headers = request.HttpContext.Response.Headers;
        headers[WireHeaders.RequestId] = edge.RequestId.ToString();
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";

        using var activity = Start(operation, request, edge.RequestId);
        try
        {
            return new GuardedResult(await handle(edge), edge, logger);
        }
#pragma warning disable CA1031 // The edge is the one place that turns any fault into an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            return Faults.ToResult(exception, edge, logger);
        }
    }

    private static Activity? Start(string operation, HttpRequest request, Guid requestId)
    {
        // Inside a function no activity is current, so the parent comes from the header; an unreadable one is no parent.
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        var activity = Source.StartActivity(operation, ActivityKind.Server, parent);
        activity?.SetTag("alga.request_id", requestId);
        return activity;
    }
}
