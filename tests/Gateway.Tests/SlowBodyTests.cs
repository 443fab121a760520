using System.Net;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Testing.Sockets;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Bodies that trickle, at a gateway that bears with them for two seconds.</summary>
public sealed class SlowBodyTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Root = "/api/ext/" + GatewayHost.Extension;

    private Microsoft.AspNetCore.Builder.WebApplication gateway = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        gateway = host.BuildWith(host.Runner.Url, ShortGrace.Apply);
        await gateway.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_request_whose_body_trickles_is_refused_unsent_and_leaves_its_slot_to_the_tenants_next()
    {
        await using (var owner = new NpgsqlConnection(host.Owner))
        {
            await owner.ExecuteAsync("insert into tenant_quota (tenant_id, scope, concurrency) values (@Acme, '*', 1)", new { GatewayHost.Acme });
        }

        var calls = host.Runner.Calls;
        var meanwhile = HttpStatusCode.Unused;

        var answer = await SlowRequest.TrickleAsync(
            client.BaseAddress!,
            $"PUT {Root}/large HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nContent-Length: 1000000",
            whenRead: async () => meanwhile = await GetAsync());

        AssertTooSlow(answer);
        Assert.Equal(calls, host.Runner.Calls);
        Assert.Equal(HttpStatusCode.TooManyRequests, meanwhile);
        Assert.Equal(HttpStatusCode.OK, await GetAsync());
    }

    [Fact]
    public async Task An_event_that_trickles_is_refused() => AssertTooSlow(await SlowRequest.TrickleAsync(
        client.BaseAddress!, "POST /api/host/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer host\r\nContent-Type: application/json\r\nContent-Length: 100000", " "));

    private static void AssertTooSlow(string answer)
    {
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_slow\"", answer, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> GetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + "/reports/1");
        request.Headers.Add("Authorization", "Bearer ada");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
