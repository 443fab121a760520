using System.Collections.Concurrent;
using System.Diagnostics;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>Spans of host calls, and what they cost when nobody collects them.</summary>
public sealed class HostCallSpanTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_call_that_leaves_the_process_has_a_span_with_its_outcome_and_nothing_of_the_guest()
    {
        var spans = Collect(() =>
        {
            sandbox.Answer("calls", Sandbox.Request("/get", "canary-key"));
            sandbox.Host.StorageError = new HostError<StorageErrorKind>(StorageErrorKind.QuotaExceeded, "canary-message");
            sandbox.Answer("calls", Sandbox.Request("/get", "canary-key"));
        });

        Assert.Equal(["storage.get", "storage.get"], spans.Select(span => span.OperationName));
        Assert.Equal(["ok", "quota-exceeded"], spans.Select(span => span.GetTagItem(HostCallSpans.Outcome)));
        Assert.DoesNotContain(spans.SelectMany(span => span.TagObjects), tag => tag.Value?.ToString()?.Contains("canary", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void A_call_that_fails_in_the_platform_has_a_span_that_says_so_without_the_reason()
    {
        sandbox.Host.Throw = new InvalidOperationException("canary");

        var span = Assert.Single(Collect(() => sandbox.Refuse("calls", Sandbox.Request("/get", "key"))));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Empty(span.Events);
    }

    [Fact]
    public void Calls_that_stay_in_the_process_have_none()
    {
        Assert.Empty(Collect(() =>
        {
            sandbox.Answer("calls", Sandbox.Request("/context"));
            sandbox.Answer("calls", Sandbox.Request("/log", "hello"));
        }));
    }

    [Fact]
    public void A_guest_that_calls_without_end_gets_no_more_spans_than_the_bound()
    {
        var spans = Collect(() =>
        {
            var running = RunningInvocation.Enter(sandbox.Host, new GuestTimers(sandbox.Engines.For(GuestClass.Compact), null!, InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System)));
            for (var i = 0; i < HostCallSpans.MaxOfInvocation * 3; i++) HostCallSpans.Start("storage.get", running)?.Dispose();
            RunningInvocation.Leave();
        });

        Assert.Equal(HostCallSpans.MaxOfInvocation, spans.Count);
    }

    [Fact]
    public void Without_a_collector_a_call_allocates_nothing_for_its_span()
    {
        var running = RunningInvocation.Enter(sandbox.Host, new GuestTimers(sandbox.Engines.For(GuestClass.Compact), null!, InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System)));
        try
        {
            HostCallSpans.Start("storage.get", running)?.Dispose();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) HostCallSpans.Start("storage.get", running)?.Dispose();

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        finally
        {
            RunningInvocation.Leave();
        }
    }

    /// <summary>The spans of some work; those of tests beside this one belong to other traces.</summary>
    private static List<Activity> Collect(Action work)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == HostCallSpans.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var trace = new Activity("test").Start();
        work();
        return [.. spans.Where(span => span.TraceId == trace.TraceId)];
    }
}
