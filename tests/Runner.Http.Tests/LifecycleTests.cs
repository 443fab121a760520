using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Start, loss of dependencies, and end.</summary>
public sealed partial class LifecycleTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task A_runner_that_started_is_alive_ready_and_warm()
    {
        foreach (var path in new[] { "/healthz", "/readyz", "/warmup" })
        {
            using var response = await runner.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task It_is_alive_but_not_ready_while_a_dependency_is_missing()
    {
        runner.Store.IsDown = true;
        await using var other = await runner.StartAsync();
        using var client = new HttpClient { BaseAddress = RunnerFixture.AddressOf(other) };
        using var alive = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        using var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        runner.Store.IsDown = false;
    }

    [Fact]
    public async Task What_is_loaded_runs_on_while_the_bundle_store_is_down_and_the_rest_is_unavailable()
    {
        var loaded = await runner.RequestAsync("hello");
        await runner.ExecuteAsync(loaded);
        runner.Store.IsDown = true;
        try
        {
            Assert.Equal(200, (await runner.ExecuteAsync(await runner.RequestAsync("hello"))).Status);
            using var response = await runner.PostAsync(RunnerFixture.Request(ContentHash.Of("down"u8)));
            Assert.Equal("bundle_unavailable", await RunnerFixture.CodeAsync(response));
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.DoesNotContain("canary", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            runner.Store.IsDown = false;
        }
    }

    [Fact]
    public async Task A_stop_finishes_what_runs()
    {
        var version = runner.NextVersion();
        var hash = await runner.Publisher.PublishAsync(Guest.Wasm("noise"), version);
        await using var other = await runner.StartAsync();
        using var client = await RunnerFixture.ReadyAsync(other);
        using var loaded = await SendAsync("GET", new ExecuteLimits { TimeoutMs = 20_000 });
        Assert.True(loaded.IsSuccessStatusCode);

        var running = SendAsync("POST", new ExecuteLimits { TimeoutMs = 1_500 });
        while (!BusyThread().IsMatch(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))) && !running.IsCompleted) await Task.Delay(10);
        await other.StopAsync();
        using var response = await running;
        var answer = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ExecutionJson.Default.ExecuteResponse)!;
        Assert.Equal("timeout", answer.Error!.Code);

        Task<HttpResponseMessage> SendAsync(string method, ExecuteLimits limits)
        {
            var request = RunnerFixture.Request(hash, version: version);
            request = request with { Http = request.Http with { Method = method }, Limits = limits };
            var bytes = RunnerFixture.Serialize(request);
            return runner.PostAsync(bytes, runner.Token(request, bytes), client);
        }
    }

    [GeneratedRegex(@"^alga_runner_threads_busy(\{[^}]*\})? 1\b", RegexOptions.Multiline)]
    private static partial Regex BusyThread();
}
