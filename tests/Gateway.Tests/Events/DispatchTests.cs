using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Database;
using Alga.Extensions.Gateway.Events;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary>Deliveries on a real PostgreSQL, with a runner that answers what a test wants.</summary>
public sealed class DispatchTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly EventTenant tenant = new(host);

    [Fact]
    public async Task An_event_goes_to_each_enabled_install_whose_filter_matches_and_to_no_other()
    {
        tenant.Answer(_ => 204);
        var all = await tenant.InstallAsync("enabled", "ticket.created");
        var matching = await tenant.InstallAsync("enabled", """ticket.created {"queue":["support","sales"]}""");
        await tenant.InstallAsync("enabled", """ticket.created {"queue":"billing"}""");
        await tenant.InstallAsync("enabled", "ticket.closed");
        await tenant.InstallAsync("disabled", "ticket.created");
        var other = new EventTenant(host);
        await other.InstallAsync("enabled", "ticket.created");

        var sent = await tenant.SendAsync("ticket.created", """{"queue":"support","number":7}""");
        await tenant.DispatchAsync();

        Assert.Equal(2, sent.Deliveries);
        Assert.Equal(new[] { all, matching }.Order(), tenant.Received.Select(request => request.Context.InstallId).Order());
        Assert.Empty(other.Received);
        Assert.Equal(["delivered", "delivered"], await tenant.StatusesAsync());
    }

    [Fact]
    public async Task A_delivery_over_quota_waits_without_an_end_and_is_made_when_there_is_room()
    {
        tenant.Answer(_ => 204);
        await tenant.ExecuteAsync("insert into tenant_quota (tenant_id, scope, monthly_invocations) values (@Id, '*', 0)");
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a");
        await using var gateway = host.BuildWithRunner(host.Runner.Url);
        for (var round = 0; round < 10; round++)
        {
            // Nearly given up each time, were it not for the quota.
            await tenant.ExecuteAsync("update extension_event_delivery set expires_at = clock_timestamp() + interval '1 minute' where tenant_id = @Id");
            await tenant.PassTimeAsync();
            await tenant.DispatchAsync(services: gateway.Services);
        }

        Assert.Empty(tenant.Received);
        Assert.Equal(["pending"], await tenant.StatusesAsync());
        Assert.Equal(0, await tenant.QueryAsync<int>("select failures from extension_event_delivery where tenant_id = @Id"));
        Assert.Equal("quota_exceeded", await tenant.QueryAsync<string>("select attempt_log -> -1 ->> 'code' from extension_event_delivery where tenant_id = @Id"));
        Assert.True(await tenant.QueryAsync<bool>("select expires_at > clock_timestamp() + interval '2 days' from extension_event_delivery where tenant_id = @Id"));

        await tenant.ExecuteAsync("delete from tenant_quota where tenant_id = @Id");
        // Another gateway, which has not read the old limits.
        await using var other = host.BuildWithRunner(host.Runner.Url);
        await tenant.PassTimeAsync();
        await tenant.DispatchAsync(services: other.Services);
        Assert.Equal(["delivered"], await tenant.StatusesAsync());
        Assert.Single(tenant.Received);
    }

    [Fact]
    public async Task The_runner_gets_the_event_and_what_the_install_may_do_and_no_user()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "ticket.created");
        await tenant.SendAsync("ticket.created", """{"number": 7.0}""", id: "ticket/7");
        await tenant.DispatchAsync();

        var request = Assert.Single(tenant.Received);
        Assert.Equal(("ticket/7", "ticket.created", 1, """{"number": 7.0}"""), (request.Event!.Id, request.Event.Topic, request.Event.Attempt, request.Event.Payload));
        Assert.Equal((ExecuteEvent.Method, "/ticket.created", "ticket.created"), (request.Http.Method, request.Http.Path, request.Http.Endpoint));
        Assert.Null(request.User);
        Assert.Equal(["cap:storage.kv"], request.Providers);
        Assert.Equal("hi", request.Context.Config["greeting"].GetString());
        var log = JsonElement.Parse((string)(await tenant.DeliveriesAsync())[0].log)[0];
        Assert.Equal((1, request.Context.RequestId, 204), (log.GetProperty("attempt").GetInt32(), log.GetProperty("requestId").GetGuid(), log.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Events_of_one_topic_and_key_arrive_in_order_whatever_the_number_of_dispatchers()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "a", "b");
        await tenant.InstallAsync("enabled", "a", "b");
        for (var number = 0; number < 20; number++)
        {
            foreach (var topic in new[] { "a", "b" })
            {
                foreach (var key in new[] { "1", "2" }) await tenant.SendAsync(topic, $$"""{"n":{{number}}}""", key: key, id: $"{topic}{key}:{number:00}");
            }
        }

        await tenant.PassTimeAsync();
        await tenant.DispatchAsync(dispatchers: 4);

        // Two installs, and each event once: four dispatchers doubled nothing.
        Assert.Equal(160, tenant.Received.Count);
        foreach (var chain in tenant.Received.GroupBy(request => (request.Context.InstallId, Chain: request.Event!.Id.Split(':')[0])))
        {
            Assert.Equal(Enumerable.Range(0, 20), chain.Select(request => JsonElement.Parse(request.Event!.Payload).GetProperty("n").GetInt32()));
        }

        Assert.All(await tenant.StatusesAsync(), status => Assert.Equal("delivered", status));
    }

    [Fact]
    public async Task A_handler_that_fails_is_tried_again_before_the_next_of_its_key_and_holds_up_no_other_key()
    {
        tenant.Answer(request => request.Event!.Id == "first" && request.Event.Attempt < 3 ? 500 : 204);
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a", id: "first", key: "k");
        await tenant.SendAsync("a", id: "second", key: "k");
        await tenant.SendAsync("a", id: "other", key: "x");
        for (var round = 0; round < 3; round++)
        {
            await tenant.PassTimeAsync();
            await tenant.DispatchAsync();
        }

        Assert.Equal([("first", 1), ("first", 2), ("first", 3), ("second", 1)], tenant.Received.Where(request => request.Event!.Id != "other").Select(request => (request.Event!.Id, request.Event.Attempt)));
        Assert.Equal(("other", 1), tenant.Received.Where(request => request.Event!.Id == "other").Select(request => (request.Event!.Id, request.Event.Attempt)).Single());
        var first = (await tenant.DeliveriesAsync())[0];
        Assert.Equal(("delivered", 3, 2), ((string)first.status, (int)first.attempts, (int)first.failures));
        Assert.Equal([500, 500, 204], JsonElement.Parse((string)first.log).EnumerateArray().Select(entry => entry.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Before_its_time_a_failed_delivery_is_not_tried_again()
    {
        tenant.Answer(_ => 500);
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a");
        await tenant.DispatchAsync();
        await tenant.ExecuteAsync("update event_agenda set due_at = clock_timestamp() where owner_id = @Id");
        await tenant.DispatchAsync();

        Assert.Single(tenant.Received);
        Assert.True(await tenant.QueryAsync<bool>("select due_at > clock_timestamp() and due_at < clock_timestamp() + interval '10 seconds' from event_agenda where owner_id = @Id"));
    }

    [Fact]
    public async Task After_its_last_failure_a_delivery_is_dead_and_the_next_goes_on()
    {
        tenant.Answer(request => request.Event!.Id == "poison" ? 500 : 204);
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a", id: "poison");
        await tenant.SendAsync("a", id: "next");
        using var letters = new DeadLetters(host.Services);
        for (var round = 0; round < DeliveryRules.MaxFailures + 1; round++)
        {
            await tenant.PassTimeAsync();
            await tenant.DispatchAsync();
        }

        Assert.Equal(["dead", "delivered"], await tenant.StatusesAsync());
        Assert.Equal((1, 0), (letters.Since("failed"), letters.Since("expired")));
        Assert.Equal(DeliveryRules.MaxFailures, tenant.Received.Count(request => request.Event!.Id == "poison"));
    }

    [Fact]
    public async Task A_fault_of_the_platform_is_not_counted_against_the_extension()
    {
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a");
        tenant.Refuse("overloaded", 503);
        for (var round = 0; round < DeliveryRules.MaxFailures + 2; round++)
        {
            await tenant.PassTimeAsync();
            await tenant.DispatchAsync();
        }

        var waiting = Assert.Single(await tenant.DeliveriesAsync());
        Assert.Equal(("pending", 0), ((string)waiting.status, (int)waiting.failures));
        Assert.Contains("overloaded", (string)waiting.log, StringComparison.Ordinal);
        tenant.Answer(_ => 204);
        await tenant.PassTimeAsync();
        await tenant.DispatchAsync();
        Assert.Equal(["delivered"], await tenant.StatusesAsync());
    }

    [Fact]
    public async Task What_a_dispatcher_left_behind_when_it_died_is_delivered_after_its_lease_and_the_dead_is_not_heard()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a", id: "first");
        await tenant.SendAsync("a", id: "second");
        var store = host.Services.GetRequiredService<DeliveryStore>();
        var lost = Assert.Single(await store.ClaimAsync(tenant.Id, 8, TimeSpan.FromMinutes(1), CancellationToken.None));

        await tenant.ExecuteAsync("update event_agenda set due_at = clock_timestamp() where owner_id = @Id");
        await tenant.DispatchAsync(dispatchers: 2);
        Assert.Empty(tenant.Received);

        await tenant.PassTimeAsync();
        await tenant.DispatchAsync(dispatchers: 2);
        Assert.Equal([("first", 2), ("second", 1)], tenant.Received.Select(request => (request.Event!.Id, request.Event.Attempt)));
        Assert.False(await store.EndAsync(tenant.Id, lost, AttemptEnd.Answered(lost, Guid.CreateVersion7(), 500), CancellationToken.None));
        Assert.Equal(["delivered", "delivered"], await tenant.StatusesAsync());
    }

    [Fact]
    public async Task While_an_install_is_disabled_it_gets_nothing_and_afterwards_what_waited()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a");
        await tenant.ExecuteAsync("update tenant_extension_install set status = 'disabled' where install_id = @install", new { install });
        await tenant.DispatchAsync();
        Assert.Empty(tenant.Received);
        Assert.True(await tenant.QueryAsync<bool>("select due_at > clock_timestamp() + interval '30 minutes' from event_agenda where owner_id = @Id"));

        await tenant.ExecuteAsync("update tenant_extension_install set status = 'enabled' where install_id = @install", new { install });
        await tenant.PassTimeAsync();
        await tenant.DispatchAsync();
        Assert.Single(tenant.Received);
    }

    [Fact]
    public async Task What_the_version_no_longer_asks_for_is_dropped()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a");
        await tenant.ExecuteAsync("delete from extension_event_subscription where install_id = @install", new { install });
        await tenant.DispatchAsync();

        Assert.Empty(tenant.Received);
        Assert.Equal(["dropped"], await tenant.StatusesAsync());
    }

    [Fact]
    public async Task What_waited_too_long_is_dead_and_what_is_old_is_deleted()
    {
        var install = await tenant.InstallAsync("disabled");
        await tenant.ExecuteAsync("update tenant_extension_install set status = 'enabled' where install_id = @install", new { install });
        await tenant.ExecuteAsync("insert into extension_event_subscription (tenant_id, install_id, topic, version_id) select @Id, install_id, 'a', version_id from tenant_extension_install where install_id = @install", new { install });
        await tenant.SendAsync("a", id: "old");
        await tenant.ExecuteAsync("update tenant_extension_install set status = 'disabled' where install_id = @install", new { install });
        await tenant.ExecuteAsync("update extension_event_delivery set expires_at = clock_timestamp() where tenant_id = @Id; update event_agenda set due_at = clock_timestamp() where owner_id = @Id");
        using var letters = new DeadLetters(host.Services);
        await tenant.DispatchAsync();
        Assert.Equal((0, 1), (letters.Since("failed"), letters.Since("expired")));
        var dead = Assert.Single(await tenant.DeliveriesAsync());
        Assert.Equal("dead", (string)dead.status);
        Assert.Contains("expired", (string)dead.log, StringComparison.Ordinal);

        await tenant.ExecuteAsync("update host_event set accepted_at = accepted_at - interval '15 days' where tenant_id = @Id; update event_agenda set due_at = clock_timestamp() where owner_id = @Id");
        await tenant.DispatchAsync();
        Assert.Empty(await tenant.DeliveriesAsync());
        Assert.Equal(0, await tenant.QueryAsync<long>("select (select count(*) from host_event where tenant_id = @Id) + (select count(*) from event_agenda where owner_id = @Id)"));
    }

    [Fact]
    public async Task Another_tenants_transaction_sees_and_changes_nothing_of_it()
    {
        await tenant.InstallAsync("enabled", "a");
        await tenant.SendAsync("a");
        var database = host.Services.GetRequiredService<TenantDatabase>();
        var other = Guid.CreateVersion7();

        var seen = await database.InTenantAsync(
            other,
            (connection, transaction) => connection.ExecuteScalarAsync<long>(
                "select (select count(*) from host_event) + (select count(*) from extension_event_delivery) + (select count(*) from extension_schedule) + (select count(*) from event_agenda)", transaction: transaction),
            CancellationToken.None);
        var changed = await database.InTenantAsync(
            other, (connection, transaction) => connection.ExecuteAsync("update extension_event_delivery set attempts = 99", transaction: transaction), CancellationToken.None);
        Assert.Equal((0, 0), (seen, changed));
        await Assert.ThrowsAsync<PostgresException>(() => database.InTenantAsync(
            other,
            (connection, transaction) => connection.ExecuteAsync(
                "insert into host_event values (@Id, 'x', 'a', '', '{}', now(), now())", new { tenant.Id }, transaction),
            CancellationToken.None));
        Assert.Empty(await host.Services.GetRequiredService<DeliveryStore>().ClaimAsync(other, 8, TimeSpan.FromSeconds(1), CancellationToken.None));
    }

    [Fact]
    public async Task The_service_delivers_what_is_sent_while_it_runs()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "a");
        await using var app = host.BuildWithDispatcher();
        await app.StartAsync();
        for (var number = 0; number < 3; number++)
        {
            await tenant.SendAsync("a");
            while (tenant.Received.Count == number) await Task.Delay(20);
        }

        await app.StopAsync();
        Assert.All(await tenant.StatusesAsync(), status => Assert.Equal("delivered", status));
    }
}
