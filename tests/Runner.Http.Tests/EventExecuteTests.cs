using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Events through the execute endpoint, as the gateway's dispatcher uses it.</summary>
public sealed class EventExecuteTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    private const string Canary = "canary-of-an-event";

    [Fact]
    public async Task An_event_is_handled_and_leaves_a_record_without_a_user()
    {
        var request = await EventAsync("ok");
        var answer = await runner.ExecuteAsync(request);

        Assert.Equal((204, null, null), (answer.Status, answer.Body, answer.Error));
        var record = await runner.RecordAsync(request);
        Assert.Equal(("EVENT", "ok", (short)204, (string?)null), ((string)record.method, (string)record.endpoint, (short)record.status, (string?)record.user_id));
    }

    [Fact]
    public async Task Why_a_handler_failed_is_in_its_log_and_not_in_the_answer()
    {
        var request = await EventAsync("reject", Canary);
        var answer = await runner.ExecuteAsync(request);

        Assert.Equal((500, null, null), (answer.Status, answer.Body, answer.Error));
        var record = await runner.RecordAsync(request);
        Assert.Equal(500, (short)record.status);
        Assert.Contains(Canary, (string)record.logs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_traps_is_reported_with_its_code()
    {
        var answer = await runner.ExecuteAsync(await EventAsync("trap"));
        Assert.Equal(("guest_trap", 502), (answer.Error!.Code, answer.Status));
    }

    [Fact]
    public async Task A_component_without_an_event_handler_refuses_events()
    {
        var request = await runner.RequestAsync("hello");
        Assert.Equal("bundle_unavailable", await runner.RefuseAsync(With(request, "ok", "{}")));
    }

    [Fact]
    public async Task An_event_stands_under_its_own_method_and_path_and_nothing_else()
    {
        var good = await EventAsync("ok");
        ExecuteRequest[] wrong =
        [
            good with { Http = good.Http with { Method = "POST" } },
            good with { Http = good.Http with { Path = "/other" } },
            good with { Http = good.Http with { Endpoint = "other" } },
            good with { Http = good.Http with { Body = [1] } },
            good with { Http = good.Http with { Params = new Dictionary<string, string> { ["a"] = "b" } } },
            good with { Http = good.Http with { Headers = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"] } } },
            good with { Http = good.Http with { Query = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"] } } },
            good with { Event = good.Event! with { Attempt = 0 } },
            good with { Event = null },
        ];
        foreach (var request in wrong)
        {
            Assert.Equal("invalid_request", await runner.RefuseAsync(request with { Context = request.Context with { RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) } }));
        }
    }

    [Fact]
    public async Task A_token_for_one_event_is_of_no_use_for_another()
    {
        var request = await EventAsync("ok");
        var token = runner.Token(request, RunnerFixture.Serialize(request));
        var other = RunnerFixture.Serialize(request with { Event = request.Event! with { Payload = "{\"other\":true}" } });
        using var response = await runner.PostAsync(other, token);
        Assert.Equal("unauthenticated", await RunnerFixture.CodeAsync(response));
    }

    private async Task<ExecuteRequest> EventAsync(string topic, string payload = "{}")
    {
        var hash = await runner.Publisher.PublishAsync(Guest.Wasm("events"), events: true);
        return With(RunnerFixture.Request(hash), topic, payload);
    }

    private static ExecuteRequest With(ExecuteRequest request, string topic, string payload)
    {
        var received = new ExecuteEvent { Id = "event-7", Topic = topic, OccurredAt = "2026-03-01T00:00:00Z", Attempt = 1, Payload = payload };
        return request with { Event = received, Http = received.ToHttp() };
    }
}
