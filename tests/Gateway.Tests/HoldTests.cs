using System.Net;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Services;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>A runner that scales to zero is not there when the first request comes.</summary>
public sealed class HoldTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    // A gateway that is gone keeps its slots for a while, and each test has its own gateway.
    public async Task InitializeAsync()
    {
        await using var owner = new NpgsqlConnection(host.Owner);
        await owner.ExecuteAsync("update quota_plan set tenant_concurrency = 10000, extension_concurrency = 10000");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_request_waits_for_a_runner_that_starts_and_is_counted_meanwhile()
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.PickFree()}");
        await using var gateway = host.BuildWithRunner(url, TimeSpan.FromMinutes(2));
        await gateway.StartAsync();
        var inFlight = gateway.Services.GetRequiredService<InFlight>();
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ada");

        var call = client.GetAsync(new Uri($"/api/ext/{GatewayHost.Extension}/reports/7", UriKind.Relative));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (inFlight.Count == 0) await Task.Delay(20, patience.Token);
        Assert.False(call.IsCompleted);
        await using var runner = await FakeRunner.StartAsync(url.AbsoluteUri);
        runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));

        using var answer = await call;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, runner.Calls);
        Assert.Equal(0, inFlight.Count);
    }

    [Fact]
    public async Task Held_requests_outlive_an_open_circuit_and_each_is_executed_once()
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.PickFree()}");
        await using var gateway = host.BuildWithRunner(url, TimeSpan.FromMinutes(2));
        await gateway.StartAsync();
        var inFlight = gateway.Services.GetRequiredService<InFlight>();
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ada");

        // Each fails three times before it is held: together far more than opens the circuit.
        var calls = Enumerable.Range(0, 20).Select(number => client.GetAsync(new Uri($"/api/ext/{GatewayHost.Extension}/reports/{number}", UriKind.Relative))).ToList();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var connections = gateway.Services.GetRequiredService<RunnerClient>();
        while (inFlight.Count < calls.Count || !connections.IsCircuitOpen) await Task.Delay(20, patience.Token);
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        await using var runner = await FakeRunner.StartAsync(url.AbsoluteUri);
        runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));

        foreach (var call in calls)
        {
            using var answer = await call;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"/reports/{number}").Order(StringComparer.Ordinal), runner.Received.Select(request => request.Http.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_hold_an_open_circuit_refuses_and_closes_again_when_a_runner_is_there()
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.PickFree()}");
        await using var gateway = host.BuildWithRunner(url);
        await gateway.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ada");
        var connections = gateway.Services.GetRequiredService<RunnerClient>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!connections.IsCircuitOpen)
        {
            using var refused = await client.GetAsync(new Uri($"/api/ext/{GatewayHost.Extension}/reports/7", UriKind.Relative), patience.Token);
            Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        }

        await using var runner = await FakeRunner.StartAsync(url.AbsoluteUri);
        runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        while (true)
        {
            using var answer = await client.GetAsync(new Uri($"/api/ext/{GatewayHost.Extension}/reports/7", UriKind.Relative), patience.Token);
            if (answer.IsSuccessStatusCode) break;
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal(1, runner.Calls);
    }
}
