using System.Net;
using Alga.Extensions.Contracts.Execution;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Requests while the database is away: what is in memory serves, and nothing is promised that only the database could keep.</summary>
public sealed class DatabaseAwayTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Root = "/api/ext/" + GatewayHost.Extension;

    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
    private CuttableProxy database = null!;
    private Microsoft.AspNetCore.Builder.WebApplication gateway = null!;
    private HttpClient client = null!;
    private int calls;

    public async Task InitializeAsync()
    {
        var real = new NpgsqlConnectionStringBuilder(host.Owner);
        database = new CuttableProxy(real.Host!, real.Port);
        gateway = host.BuildWithDatabase("127.0.0.1", database.Port);
        await gateway.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        host.Runner.Answer = _ =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        };
        using var warm = await SendAsync(HttpMethod.Get, "/reports/1", null);
        Assert.Equal(HttpStatusCode.OK, warm.StatusCode);
        calls = 0;
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await gateway.DisposeAsync();
        await database.DisposeAsync();
        patience.Dispose();
    }

    [Fact]
    public async Task A_request_with_a_key_is_refused_unsent_and_executed_once_when_the_database_is_back()
    {
        database.Cut();
        using (var refused = await SendAsync(HttpMethod.Post, "/reports", "key-1"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("overloaded", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.True(refused.Headers.Contains("Retry-After"));
        }

        Assert.Equal(0, calls);
        using (var without = await SendAsync(HttpMethod.Post, "/reports", null)) Assert.Equal(HttpStatusCode.OK, without.StatusCode);
        Assert.Equal(1, calls);

        database.Mend();
        using (var executed = await UntilServedAsync("key-1")) Assert.False(executed.Headers.Contains("Idempotency-Replayed"));
        using (var replayed = await UntilServedAsync("key-1")) Assert.True(replayed.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_database_that_goes_while_the_guest_runs_costs_the_repetition_its_answer_and_doubles_nothing()
    {
        host.Runner.Answer = _ =>
        {
            Interlocked.Increment(ref calls);
            database.Cut();
            return Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        };
        using (var answered = await SendAsync(HttpMethod.Post, "/reports", "key-2")) Assert.Equal(HttpStatusCode.OK, answered.StatusCode);

        database.Mend();
        // The claim outlives the outcome that could not be kept, longer than this test waits for the database.
        using var repeated = await UntilServedAsync("key-2");
        Assert.Equal(HttpStatusCode.Conflict, repeated.StatusCode);
        Assert.Equal(1, calls);
    }

    /// <summary>Sends until the gateway has the database again; connections that were cut are found one by one.</summary>
    private async Task<HttpResponseMessage> UntilServedAsync(string key)
    {
        while (true)
        {
            var answer = await SendAsync(HttpMethod.Post, "/reports", key);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return answer;
            answer.Dispose();
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, Root + path);
        request.Headers.Add("Authorization", "Bearer ada");
        if (method == HttpMethod.Post) request.Content = new StringContent("one");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, patience.Token);
    }
}
