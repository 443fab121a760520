using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Guests;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>The end of a runner under load, by SIGTERM, as an orchestrator does it.</summary>
public sealed class DrainTests(RunnerProcess process) : IClassFixture<RunnerProcess>
{
    private readonly ConcurrentBag<Guid> answered = [];
    private readonly ConcurrentBag<Guid> refused = [];
    private readonly ConcurrentBag<Guid> unanswered = [];

    [Fact]
    public async Task A_runner_that_is_told_to_stop_under_load_loses_no_request_and_no_record()
    {
        var hash = await process.PublishAsync(Guest.Wasm("hello"));
        var slow = await process.PublishAsync(Guest.Wasm("loop"));
        var runner = await process.StartAsync(new() { ["RUNNER_DRAIN_MS"] = "1500" });
        using var client = new HttpClient { BaseAddress = process.Address };
        while (answered.IsEmpty) await SendAsync(client, hash, 5_000);

        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            // Tenants of their own, so that none is at its share.
            while (!enough.IsCancellationRequested && unanswered.Count < 20) await SendAsync(client, hash, 5_000, number);
        })).ToList();
        while (answered.Count < 200) await Task.Delay(20);
        // Runs on beyond the drain, and is answered all the same.
        var running = Task.Run(() => SendAsync(client, slow, 3_000, 99));

        while (!await IsBusyAsync(client)) await Task.Delay(20);
        var stopping = runner.StopAsync();
        var ready = await Record.ExceptionAsync(async () =>
        {
            while ((await client.GetAsync(new Uri("/readyz", UriKind.Relative))).IsSuccessStatusCode) await Task.Delay(10);
        });
        Assert.True(ready is null or HttpRequestException, ready?.ToString());
        await stopping;
        await enough.CancelAsync();
        await Task.WhenAll(load);
        await running;

        Assert.Equal("runner ended with exit code 0.", await runner.WaitForExitAsync(CancellationToken.None));
        await using var connection = new NpgsqlConnection(process.Database.Owner);
        var records = (await connection.QueryAsync<Guid>("select request_id from extension_execution_log")).ToHashSet();
        Assert.DoesNotContain(answered, id => !records.Contains(id));
        // What was not answered was not begun: whoever sent it can send it again.
        Assert.DoesNotContain(unanswered, records.Contains);
        Assert.Equal(records.Count, await connection.ExecuteScalarAsync<int>("select sum(invocations) from extension_quota_usage where period = 'day'"));
        Assert.NotEmpty(refused);
    }

    private static async Task<bool> IsBusyAsync(HttpClient client) =>
        (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n').Any(line => line.StartsWith("alga_runner_threads_busy", StringComparison.Ordinal) && !line.Contains(" 0 ", StringComparison.Ordinal));

    private async Task SendAsync(HttpClient client, ContentHash hash, int timeoutMs, int tenant = 0)
    {
        var request = RunnerFixture.Request(hash, tenant: new Guid(tenant + 1, 0, 0, new byte[8])) with { Limits = new ExecuteLimits { TimeoutMs = timeoutMs } };
        var bytes = RunnerFixture.Serialize(request);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/execute") { Content = new ByteArrayContent(bytes) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", process.Tokens.Issue(request, bytes));
        try
        {
            using var response = await client.SendAsync(message);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, response.StatusCode.ToString());
            (response.StatusCode == HttpStatusCode.OK ? answered : refused).Add(request.Context.RequestId);
        }
        catch (HttpRequestException)
        {
            unanswered.Add(request.Context.RequestId);
        }
    }
}
