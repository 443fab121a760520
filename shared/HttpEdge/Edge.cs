using System.Diagnostics;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// What every HTTP answer of the platform has in common: a request id, a span, no caching unless asked for, and a
/// problem body in place of an exception. Call it as the outermost thing, since the hosts around give an unhandled
/// exception as an empty 500 and have no span of their own.
/// </summary>
public sealed class Edge(TimeProvider time, EdgeMetrics metrics, IServiceProvider services)
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Alga.Extensions.HttpEdge";

    /// <summary>Longest <c>tracestate</c> that goes on to other services, in characters: as W3C asks for at least, and what their limits have room for.</summary>
    private const int MaxTraceStateLength = 512;

    private static readonly string InternalFault = ErrorTable.Describe(ErrorCode.Internal).Name;

    private static readonly ActivitySource Source = new(ActivitySourceName);

    private readonly Faults faults = services.GetRequiredService<Faults>();

    /// <summary>Runs a handler and guards its result.</summary>
    /// <param name="operation">Name of the span, the same for all requests to this endpoint.</param>
    /// <param name="request">The request.</param>
    /// <param name="handle">Does the work. It reads the whole request body before it returns a result.</param>
    public async Task<IResult> RunAsync(string operation, HttpRequest request, Func<EdgeRequest, Task<IResult>> handle)
    {
        var edge = new EdgeRequest(request, FrequentId.Create(time.GetUtcNow()));
        var headers = request.HttpContext.Response.Headers;
        headers[WireHeaders.RequestId] = edge.RequestId.ToString();
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";

        var started = time.GetTimestamp();
        using var activity = Start(operation, request, edge.RequestId);
        IResult result;
        try
        {
            result = RequestForm.Refuse(request) ?? (IResult)new GuardedResult(await handle(edge), edge, faults);
        }
#pragma warning disable CA1031 // The edge is the one place that turns any fault into an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = faults.ToResult(exception, edge);
        }

        var outcome = Outcome(result);
        activity?.SetTag("alga.outcome", outcome);
        if (outcome == InternalFault) activity?.SetStatus(ActivityStatusCode.Error);
        metrics.Answered(operation, outcome, time.GetElapsedTime(started));
        return result;
    }

    /// <summary>One of a closed set of words.</summary>
    private static string Outcome(IResult result) => (result is GuardedResult guarded ? guarded.Inner : result) switch
    {
        ProblemResult problem => ErrorTable.Describe(problem.Refusal.Code).Name,
        IStatusCodeHttpResult { StatusCode: Faults.ClientClosedRequest } => "cancelled",
        _ => "ok",
    };

    private static Activity? Start(string operation, HttpRequest request, Guid requestId)
    {
        // Inside a function no activity is current, so the parent comes from the header; an unreadable one is no parent.
        ActivityContext.TryParse(request.Headers.TraceParent, ReadState(request.Headers.TraceState), isRemote: true, out var parent);
        var activity = Source.StartActivity(operation, ActivityKind.Server, parent);
        activity?.SetTag("alga.request_id", requestId.ToString("D"));
        if (activity is not null || parent == default) return activity;
        // Nobody collects this span, but the caller's trace goes on: to the runner, into execution records and log lines.
        return new Activity(operation).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
    }

    private static string? ReadState(string? state) => state?.Length > MaxTraceStateLength ? null : state;
}
