using System.Diagnostics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// The span of a guest on its thread. Threads of the pool know nothing of the request's trace, so it is made current here,
/// for host calls and log lines, and taken away again. Without a trace nothing is allocated.
/// </summary>
internal readonly struct GuestSpan : IDisposable
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "Alga.Extensions.Runner";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Activity? trace;
    private readonly Activity? span;

    private GuestSpan(Activity? trace, Activity? span)
    {
        this.trace = trace;
        this.span = span;
    }

    /// <summary>Starts it.</summary>
    /// <param name="trace">The span of the request; null when it is not traced.</param>
    /// <param name="request">What the guest is for.</param>
    public static GuestSpan Start(Activity? trace, ExecuteRequest request)
    {
        if (trace is null) return default;
        Activity.Current = trace;
        var span = Source.StartActivity("guest");
        // All bounded in length by what the registry lets in, and none of them the caller's words.
        span?.SetTag("alga.tenant_id", request.Context.TenantId.ToString("D"))
            .SetTag("alga.extension_id", request.Context.ExtensionId)
            .SetTag("alga.install_id", request.Context.InstallId.ToString("D"))
            .SetTag("alga.version", request.Context.Version)
            .SetTag("alga.endpoint", request.Http.Endpoint);
        return new GuestSpan(trace, span);
    }

    /// <summary>The span of waiting for a component that is fetched or compiled just now; null when nobody collects it.</summary>
    public static Activity? StartLoading() => Source.StartActivity("load");

    /// <summary>Says how the guest ended.</summary>
    public void End(Outcome<GuestResponse> outcome)
    {
        if (span is null) return;
        var isAnswer = outcome.TryGet(out var response, out var refusal);
        span.SetTag("alga.outcome", isAnswer ? "ok" : ErrorTable.Describe(refusal!.Code).Name);
        if (isAnswer) span.SetTag("http.response.status_code", response!.Status);
        else span.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        span?.Dispose();
        if (trace is not null) Activity.Current = null;
    }
}
