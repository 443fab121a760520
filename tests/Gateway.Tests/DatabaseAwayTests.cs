using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Functions;
using Microsoft.Azure.Functions.Worker;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Requests while the database is away: what is in memory serves, and nothing is promised that only the database could keep.</summary>
public sealed class DatabaseAwayTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Root = "/api/ext/" + GatewayHost.Extension;

    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
    private readonly string eventId = Guid.CreateVersion7().ToString("D");
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

    /// <summary>All routes but the health, which asks nobody.</summary>
    public static TheoryData<string> Routes => [.. typeof(ExtensionFunctions).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Route).OfType<string>().Where(route => route != "health")];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_route_is_overloaded_until_the_database_is_back(string route)
    {
        // Each for something that is not in memory.
        var (method, path) = route switch
        {
            "ext/{extensionId}/{*path}" => ("GET", "/api/ext/com.acme.unknown/reports/1"),
            "ext-tail/{extensionId}" => ("GET", "/api/ext-tail/" + GatewayHost.Extension),
            "ext-token/{extensionId}" => ("POST", "/api/ext-token/com.acme.unknown"),
            "host/events" => ("POST", "/api/host/events"),
            "host/extensions" => ("GET", "/api/host/extensions"),
            _ => throw new ArgumentException("Say here what to ask of this route.", nameof(route)),
        };
        database.Cut();
        using (var refused = await AskAsync(method, path))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("overloaded", JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString());
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        database.Mend();
        using var served = await UntilServedAsync(() => AskAsync(method, path));
        Assert.True((int)served.StatusCode < 500, served.StatusCode.ToString());
    }

    [Fact]
    public async Task An_event_that_is_sent_again_after_the_database_was_away_is_there_once()
    {
        database.Cut();
        using (var refused = await AskAsync("POST", "/api/host/events")) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        database.Mend();
        using (var accepted = await UntilServedAsync(() => AskAsync("POST", "/api/host/events"))) Assert.False(await IsDuplicateAsync(accepted));
        using (var repeated = await UntilServedAsync(() => AskAsync("POST", "/api/host/events"))) Assert.True(await IsDuplicateAsync(repeated));
    }

    private static async Task<bool> IsDuplicateAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("duplicate").GetBoolean();
    }

    private async Task<HttpResponseMessage> AskAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Authorization", "Bearer ada");
        if (path.EndsWith("/events", StringComparison.Ordinal)) request.Content = new StringContent($$"""{"topic":"a","payload":{},"id":"{{eventId}}"}""", Encoding.UTF8, "application/json");
        // The head is enough of a stream that goes on.
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
    }

    private Task<HttpResponseMessage> UntilServedAsync(string key) => UntilServedAsync(() => SendAsync(HttpMethod.Post, "/reports", key));

    /// <summary>Sends until the gateway has the database again; connections that were cut are found one by one.</summary>
    private async Task<HttpResponseMessage> UntilServedAsync(Func<Task<HttpResponseMessage>> send)
    {
        while (true)
        {
            var answer = await send();
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
