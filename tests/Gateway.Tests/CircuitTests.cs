using System.Net;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Invoke;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>New connections to the runner fail while one is there: what goes over that one goes on.</summary>
public sealed class CircuitTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task While_the_circuit_is_open_a_connection_that_is_there_serves_and_what_finds_none_is_refused_unsent()
    {
        await using var runner = await FakeRunner.StartAsync();
        var held = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        runner.Answer = async context =>
        {
            if (FakeRunner.RequestOf(context).Http.Path == "/reports/held")
            {
                arrived.SetResult();
                await held.Task;
            }

            return FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() });
        };
        await using var door = new CuttableProxy("127.0.0.1", runner.Url.Port);
        // Time stands still, so a circuit that is open stays so.
        await using var gateway = host.BuildWith(new Uri($"http://127.0.0.1:{door.Port}"), services => services.AddSingleton<TimeProvider>(new StandingTime(TimeProvider.System.GetUtcNow())));
        await gateway.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ada");
        var connections = gateway.Services.GetRequiredService<RunnerClient>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        var first = CallAsync("held");
        await arrived.Task.WaitAsync(patience.Token);
        door.Close();
        var refused = 0;
        while (!connections.IsCircuitOpen)
        {
            Assert.Equal(HttpStatusCode.BadGateway, await CallAsync("none"));
            refused++;
        }

        Assert.False(first.IsCompleted);
        Assert.Equal(HttpStatusCode.BadGateway, await CallAsync("none"));
        held.SetResult();
        Assert.Equal(HttpStatusCode.OK, await first);
        for (var number = 0; number < 3; number++) Assert.Equal(HttpStatusCode.OK, await CallAsync($"{number}"));

        Assert.True(connections.IsCircuitOpen);
        Assert.NotEqual(0, refused);
        Assert.Equal(["/reports/held", "/reports/0", "/reports/1", "/reports/2"], runner.Received.Select(request => request.Http.Path));

        async Task<HttpStatusCode> CallAsync(string id)
        {
            using var answer = await client.GetAsync(new Uri($"/api/ext/{GatewayHost.Extension}/reports/{id}", UriKind.Relative), patience.Token);
            return answer.StatusCode;
        }
    }
}
