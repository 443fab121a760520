using System.Collections.Concurrent;
using System.Diagnostics;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>A request's trace, from its header to the host calls of its guest.</summary>
public sealed class TraceTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task The_callers_trace_reaches_the_guest()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Alga.Extensions.", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var trace = new Activity("test").Start();
        var request = await runner.RequestAsync("hello", "/canary-path", "canary-body"u8.ToArray());
        await runner.ExecuteAsync(request);

        var mine = spans.Where(span => span.TraceId == trace.TraceId).ToList();
        var guest = Assert.Single(mine, span => span.OperationName == "guest");
        Assert.Equal("execute", guest.Parent?.OperationName);
        Assert.Equal("ok", guest.GetTagItem("alga.outcome"));
        Assert.Equal(request.Context.TenantId.ToString("D"), guest.GetTagItem("alga.tenant_id"));
        Assert.DoesNotContain(mine.SelectMany(span => span.TagObjects), tag => tag.Value?.ToString()?.Contains("canary", StringComparison.Ordinal) ?? false);
        Assert.Equal(trace.TraceId.ToHexString(), (string)(await runner.RecordAsync(request)).trace_id);
    }

    [Fact]
    public async Task A_request_that_is_not_traced_costs_the_guests_thread_nothing()
    {
        var request = await runner.RequestAsync("hello");
        GuestSpan.Start(null, request).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) GuestSpan.Start(null, request).Dispose();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_request_that_is_not_traced_leaves_a_record_without_a_trace()
    {
        var request = await runner.RequestAsync("hello");
        Activity.Current = null;
        await runner.ExecuteAsync(request);

        Assert.Null((await runner.RecordAsync(request)).trace_id);
    }
}
