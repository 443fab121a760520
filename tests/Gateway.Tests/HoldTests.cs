using System.Net;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>A runner that scales to zero is not there when the first request comes.</summary>
public sealed class HoldTests(GatewayHost host) : IClassFixture<GatewayHost>
{
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
}
