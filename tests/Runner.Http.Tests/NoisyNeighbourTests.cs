using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Alga.Extensions.Contracts.Execution;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>
/// One tenant sends ten times what its share holds, of the worst kind there is; another's requests are all answered meanwhile.
/// How much slower they get is for the benchmark to say, not for a test.
/// </summary>
public sealed class NoisyNeighbourTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Theory]
    [InlineData("loop", "/x")]
    [InlineData("memory-growth", "/x")]
    [InlineData("recursion", "/x")]
    [InlineData("large-binary", "/xxxxxxxxxxxxxxxx")]
    [InlineData("calls", "/get")]
    public async Task Another_tenants_requests_are_all_answered(string guest, string path)
    {
        await runner.ExecuteAsync(await runner.RequestAsync("hello", tenant: RunnerFixture.Globex));
        await runner.RequestAsync(guest);
        // Storage that does not answer: every call of it blocks its thread for as long as it may.
        await using var owner = new NpgsqlConnection(runner.Database.Owner);
        await owner.OpenAsync();
        await using var transaction = await owner.BeginTransactionAsync();
        await using (var block = new NpgsqlCommand("lock table extension_storage_entry in access exclusive mode", owner, transaction)) await block.ExecuteNonQueryAsync();

        using var enough = new CancellationTokenSource();
        var noise = new ConcurrentDictionary<string, int>();
        var neighbours = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var request = await runner.RequestAsync(guest, path, "k"u8.ToArray());
                request = request with { Http = request.Http with { Method = "greetings" }, Limits = new ExecuteLimits { TimeoutMs = 300 } };
                using var response = await runner.PostAsync(request);
                noise.AddOrUpdate(response.StatusCode.ToString(), 1, (_, count) => count + 1);
            }
        })).ToList();
        while (noise.IsEmpty) await Task.Delay(10);

        for (var i = 0; i < 60; i++)
        {
            var answer = await runner.ExecuteAsync(await runner.RequestAsync("hello", tenant: RunnerFixture.Globex));
            Assert.Equal(200, answer.Status);
            Assert.Null(answer.Error);
        }

        await enough.CancelAsync();
        await Task.WhenAll(neighbours);
        Assert.NotEmpty(noise);
    }

    /// <summary>After the first of them the tenant's next ones compute in turns: whoever waits for one is stopped in time as well.</summary>
    [Fact]
    public async Task Endless_loops_beside_another_tenant_are_each_stopped_at_their_deadline_or_not_begun()
    {
        var codes = new ConcurrentBag<string>();
        for (var round = 0; round < 3; round++)
        {
            await runner.ExecuteAsync(await runner.RequestAsync("hello", tenant: RunnerFixture.Globex));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                var request = (await runner.RequestAsync("loop")) with { Limits = new ExecuteLimits { TimeoutMs = 300 } };
                using var response = await runner.PostAsync(request);
                codes.Add(response.IsSuccessStatusCode
                    ? (await response.Content.ReadFromJsonAsync(ExecutionJson.Default.ExecuteResponse))!.Error!.Code
                    : response.StatusCode.ToString());
            })));
        }

        Assert.Equal(24, codes.Count);
        Assert.Contains("timeout", codes);
        Assert.Subset(new HashSet<string> { "timeout", nameof(HttpStatusCode.ServiceUnavailable) }, codes.ToHashSet());
    }
}
