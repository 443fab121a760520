using System.Text.Json;
using Alga.Extensions.Database;
using Alga.Extensions.Gateway.Events;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary>Deliveries of which very many wait, on a real PostgreSQL.</summary>
public sealed class BacklogTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly EventTenant tenant = new(host);

    [Fact]
    public async Task A_topic_with_a_long_backlog_is_delivered()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync("enabled", "a");
        // Without a key all events of a topic are one chain. Compared with each other they are 450 million pairs, for which no query has the time.
        await tenant.QueueAsync(install, keys: 1, ofEach: 30_000);
        try
        {
            await tenant.ExecuteAsync("analyze extension_event_delivery");
            Assert.True(await host.Services.GetRequiredService<EventDispatcher>().RunOnceAsync(CancellationToken.None));
            Assert.Equal(Enumerable.Range(1, 200).Select(number => $"key1:{number}"), tenant.Received.Select(request => request.Event!.Id));
        }
        finally
        {
            await tenant.ForgetAsync();
        }
    }

    [Fact]
    public async Task Of_many_keys_a_dispatcher_reads_only_those_that_it_takes_and_what_is_around_them()
    {
        var install = await tenant.InstallAsync("enabled", "a");
        await tenant.QueueAsync(install, keys: 50_000, ofEach: 1);
        try
        {
            await tenant.ExecuteAsync("analyze extension_event_delivery");
            var blocks = await host.Services.GetRequiredService<TenantDatabase>().InTenantAsync(
                tenant.Id,
                async (connection, transaction) =>
                {
                    var plan = await connection.QuerySingleAsync<string>(
                        "explain (analyze, buffers, format json) " + DeliveryStore.Claim,
                        new { tenantId = tenant.Id, take = 8, lease = TimeSpan.FromSeconds(30), leaseId = Guid.CreateVersion7() },
                        transaction);
                    var root = JsonElement.Parse(plan)[0].GetProperty("Plan");
                    return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
                },
                CancellationToken.None);
            // Some four for each that is looked at; all keys would be more than their number.
            Assert.InRange(blocks, 8, 5_000);
        }
        finally
        {
            await tenant.ForgetAsync();
        }
    }

    [Fact]
    public async Task Of_many_keys_each_event_is_delivered_once_and_in_order_whatever_the_number_of_dispatchers()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync("enabled", "a");
        await tenant.QueueAsync(install, keys: 70, ofEach: 3);
        await tenant.DispatchAsync(dispatchers: 4);

        Assert.Equal(210, tenant.Received.Count);
        foreach (var chain in tenant.Received.Select(request => request.Event!.Id).GroupBy(id => id.Split(':')[0])) Assert.Equal([$"{chain.Key}:1", $"{chain.Key}:2", $"{chain.Key}:3"], chain);
        Assert.All(await tenant.StatusesAsync(), status => Assert.Equal("delivered", status));
    }

    [Fact]
    public async Task Hundreds_that_wait_behind_one_that_failed_hold_up_no_other_key()
    {
        tenant.Answer(request => request.Event!.Id == "key1:1" ? 500 : 204);
        var install = await tenant.InstallAsync("enabled", "a");
        await tenant.QueueAsync(install, keys: 1, ofEach: 210);
        await tenant.SendAsync("a", id: "other", key: "other");
        await tenant.DispatchAsync();
        Assert.Equal(["key1:1", "other"], tenant.Received.Select(request => request.Event!.Id).Order(StringComparer.Ordinal));

        tenant.Answer(_ => 204);
        await tenant.ExecuteAsync("update extension_event_delivery set next_attempt_at = clock_timestamp() where tenant_id = @Id and event_id = 'key1:1'; update event_agenda set due_at = clock_timestamp() where owner_id = @Id");
        await tenant.DispatchAsync();
        Assert.Equal(Enumerable.Range(1, 210).Select(number => $"key1:{number}"), tenant.Received.Skip(2).Select(request => request.Event!.Id));
    }
}
