using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge.Tests;

public class EdgeTests
{
    private const string Canary = "canary-7d1f";

    private static Task<EdgeHost> Host(Func<EdgeRequest, IResult> handle) => EdgeHost.StartAsync(request => Task.FromResult(handle(request)));

    private static async Task<ProblemBody> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        return (await response.Content.ReadFromJsonAsync(ProblemJson.Default.ProblemBody))!;
    }

    [Fact]
    public async Task Each_answer_carries_an_id_of_our_own()
    {
        await using var host = await Host(request => Results.Text(request.RequestId.ToString()));
        using var message = new HttpRequestMessage(HttpMethod.Get, "/");
        message.Headers.Add("x-request-id", "caller");

        using var response = await host.Client.SendAsync(message);

        var id = Guid.Parse(Assert.Single(response.Headers.GetValues("x-request-id")));
        Assert.Equal(7, id.Version);
        Assert.Equal(id.ToString(), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Answers_are_not_cached_or_sniffed_unless_they_ask_for_it()
    {
        await using var host = await EdgeHost.StartAsync(request =>
        {
            if (request.Http.Path == "/cached") request.Http.HttpContext.Response.Headers.CacheControl = "max-age=60";
            return Task.FromResult(Results.Ok());
        });
        using var plain = await host.Client.GetAsync("/");
        using var cached = await host.Client.GetAsync("/cached");
        Assert.Equal("no-store", plain.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(plain.Headers.GetValues("x-content-type-options")));
        Assert.Equal("max-age=60", cached.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_refusal_reads_as_it_was_written()
    {
        const string Text = "Send it as Authorization: Bearer <token>; don't leave it out.";
        await using var host = await Host(_ => new ProblemResult(new Refusal(ErrorCode.Unauthenticated, Text)));
        using var response = await host.Client.GetAsync("/");
        Assert.Contains(Text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_a_problem_without_its_text()
    {
        await using var host = await Host(_ => throw new InvalidOperationException(Canary));
        using var response = await host.Client.GetAsync("/");
        var problem = await ProblemAsync(response);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("internal", problem.Code);
        Assert.Equal(Assert.Single(response.Headers.GetValues("x-request-id")), problem.RequestId);
        Assert.DoesNotContain(Canary, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_while_the_result_is_written_is_a_problem_too()
    {
        await using var host = await Host(_ => new Result(_ => throw new InvalidOperationException(Canary)));
        using var response = await host.Client.GetAsync("/");
        Assert.Equal("internal", (await ProblemAsync(response)).Code);
    }

    [Fact]
    public async Task Half_an_answer_never_looks_whole()
    {
        await using var host = await Host(_ => new Result(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException(Canary);
        }));
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetStringAsync("/"));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_code_is_answered_with_the_status_of_the_table(ErrorCode code)
    {
        await using var host = await EdgeHost.StartAsync(request => Task.FromResult<IResult>(
            new ProblemResult(new Refusal(code, "Change this.")) { AtRegistry = request.Http.Path == "/registry", Errors = ["a", "b"] }));
        using var response = await host.Client.GetAsync("/");
        using var atRegistry = await host.Client.GetAsync("/registry");

        var row = ErrorTable.Describe(code);
        var problem = await ProblemAsync(response);
        Assert.Equal((row.Name, row.Status, row.Title, "Change this."), (problem.Code, problem.Status, problem.Title, problem.Detail));
        Assert.Equal(["a", "b"], problem.Errors);
        Assert.Equal(row.Status, (int)response.StatusCode);
        Assert.Equal(row.RegistryStatus ?? row.Status, (int)atRegistry.StatusCode);
        Assert.Equal(row.Status == 401, response.Headers.WwwAuthenticate.Count == 1);
        Assert.Equal(row.Status is 429 or 503, response.Headers.RetryAfter is not null);
    }

    public static TheoryData<ErrorCode> Codes() => [.. Enum.GetValues<ErrorCode>()];

    [Fact]
    public async Task A_retry_is_announced_in_whole_seconds_and_never_zero()
    {
        await using var host = await Host(request => new ProblemResult(new Refusal(ErrorCode.Overloaded, "Later."))
        {
            RetryAfter = request.Http.Path == "/now" ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1200),
        });
        using var now = await host.Client.GetAsync("/now");
        using var later = await host.Client.GetAsync("/later");
        Assert.Equal(1, now.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Equal(2, later.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    [Fact]
    public async Task A_problem_of_a_HEAD_request_has_no_body()
    {
        await using var host = await Host(_ => new ProblemResult(new Refusal(ErrorCode.Forbidden, "No.")));
        using var message = new HttpRequestMessage(HttpMethod.Head, "/");
        using var response = await host.Client.SendAsync(message);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_span_continues_the_trace_of_the_caller()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Edge.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Host(_ => Results.Text(Activity.Current?.TraceId.ToString()));

        using var message = new HttpRequestMessage(HttpMethod.Get, "/");
        message.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await host.Client.SendAsync(message);
        using var malformed = new HttpRequestMessage(HttpMethod.Get, "/");
        malformed.Headers.TryAddWithoutValidation("traceparent", "rubbish");
        using var own = await host.Client.SendAsync(malformed);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", await response.Content.ReadAsStringAsync());
        Assert.Equal(32, (await own.Content.ReadAsStringAsync()).Length);
    }

    [Fact]
    public async Task The_callers_trace_is_current_also_where_nobody_collects_spans()
    {
        await using var host = await Host(_ => Results.Text(Activity.Current?.TraceId.ToString() ?? "none"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "/");
        message.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var traced = await host.Client.SendAsync(message);
        using var untraced = await host.Client.GetAsync("/");

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", await traced.Content.ReadAsStringAsync());
        Assert.Equal("none", await untraced.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(512, 512)]
    [InlineData(513, 0)]
    public async Task A_tracestate_that_others_have_no_room_for_is_left_out(int length, int expected)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Edge.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Host(_ => Results.Text($"{Activity.Current?.TraceStateString?.Length ?? 0}"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "/");
        message.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        message.Headers.TryAddWithoutValidation("tracestate", "a=" + new string('b', length - 2));
        using var response = await host.Client.SendAsync(message);

        Assert.Equal($"{expected}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_answer_is_measured_under_its_operation_and_outcome()
    {
        var outcomes = new ConcurrentQueue<string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "alga.edge.request.duration") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => outcomes.Enqueue(string.Join(' ', tags.ToArray().Select(tag => tag.Value))));
        listener.Start();
        await using var host = await EdgeHost.StartAsync(
            edge => Task.FromResult(edge.Http.Path.Value switch
            {
                "/fault" => throw new InvalidOperationException("canary"),
                "/refused" => new ProblemResult(new Refusal(ErrorCode.Forbidden, "canary")),
                _ => Results.Text("canary"),
            }),
            "measured");
        foreach (var path in new[] { "/", "/refused", "/fault" }) (await host.Client.GetAsync(path)).Dispose();

        // Tests beside this one measure, too.
        Assert.Equal(["measured ok", "measured forbidden", "measured internal"], outcomes.Where(outcome => outcome!.StartsWith("measured ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_caller_who_leaves_cancels_the_work()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var host = await EdgeHost.StartAsync(async request =>
        {
            started.SetResult();
            using var registration = request.Aborted.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, request.Aborted);
            return Results.Ok();
        });
        using var leave = new CancellationTokenSource();
        var call = host.Client.GetAsync("/", leave.Token);
        await started.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task;
    }

    private sealed class Result(Func<HttpContext, Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => write(httpContext);
    }
}
