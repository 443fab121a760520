using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Resolve;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>What a request costs once its install is in memory and a lease is held.</summary>
public sealed class HotPathTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task A_request_to_a_cached_install_under_a_held_lease_asks_nothing_of_the_database()
    {
        await using (var owner = new NpgsqlConnection(host.Owner))
        {
            // So large a lease that all requests come out of one.
            await owner.ExecuteAsync("update quota_plan set tenant_requests_per_second = 100000, tenant_burst = 100000, extension_requests_per_second = 100000, extension_burst = 100000");
        }

        // Time stands still, so neither lease nor cache grows old while the test runs.
        await using var gateway = host.BuildWith(host.Runner.Url, services => services.AddSingleton<TimeProvider>(new StandingTime(TimeProvider.System.GetUtcNow())));
        await gateway.StartAsync();
        // Once changes are announced, all that is in memory is read again.
        var installs = gateway.Services.GetRequiredService<InstallCache>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!installs.IsHeard) await Task.Delay(20, patience.Token);
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(gateway.Urls.Single()) };
        var asked = new ConcurrentDictionary<ActivityTraceId, int>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql" || source.Name == HttpEdge.Edge.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity =>
            {
                if (activity.Source.Name == "Npgsql") asked.AddOrUpdate(activity.TraceId, 1, (_, count) => count + 1);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var first = await CallAsync(client);
        var rest = new List<ActivityTraceId>();
        for (var call = 0; call < 50; call++) rest.Add(await CallAsync(client));

        // The first one shows that what is counted is there to be seen.
        Assert.InRange(asked.GetValueOrDefault(first), 1, 20);
        Assert.All(rest, trace => Assert.Equal(0, asked.GetValueOrDefault(trace)));
    }

    private static async Task<ActivityTraceId> CallAsync(HttpClient client)
    {
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{GatewayHost.Extension}/reports/1");
        request.Headers.Add("Authorization", "Bearer ada");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return trace;
    }
}
