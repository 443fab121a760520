using System.Diagnostics;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Spans of host calls: a name of this platform's and an outcome, nothing that a guest chose. Without a collector a call costs a
/// comparison and no memory.
/// </summary>
internal static class HostCallSpans
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "Alga.Extensions.Runner.HostCalls";

    /// <summary>Tag: <c>ok</c>, or the WIT name of the error that the guest got.</summary>
    public const string Outcome = "alga.outcome";

    /// <summary>Spans of one invocation: a guest that calls without end must not fill the collector.</summary>
    public const int MaxOfInvocation = 64;

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts the span of a call; null when nobody collects it, or when the invocation has had as many as it may.</summary>
    public static Activity? Start(string name, RunningInvocation running) =>
        Source.HasListeners() && running.Spans++ < MaxOfInvocation ? Source.StartActivity(name, ActivityKind.Client) : null;
}
