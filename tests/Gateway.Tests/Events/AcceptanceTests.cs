using System.Text.Json;
using Alga.Extensions.Gateway.Events;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary>Events that are accepted beside each other, twice, or not to the end, on a real PostgreSQL.</summary>
public sealed class AcceptanceTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly EventTenant tenant = new(host);

    [Fact]
    public async Task Events_that_are_accepted_at_once_keep_the_order_of_their_numbers()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "a");
        var sending = Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var number = 0; number < 10; number++) await tenant.SendAsync("a", id: $"{sender}:{number}");
        })));
        while (!sending.IsCompleted) await tenant.DispatchAsync(dispatchers: 2);
        await sending;
        await tenant.DispatchAsync();

        var stored = (await tenant.DeliveriesAsync()).Select(row => (string)row.event_id);
        Assert.Equal(stored, tenant.Received.Select(request => request.Event!.Id));
        Assert.Equal(80, tenant.Received.Count);
    }

    [Fact]
    public async Task An_event_whose_acceptance_was_cut_off_before_its_commit_is_not_there()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "a");
        await using var other = new NpgsqlConnection(host.Owner);
        await other.OpenAsync();
        await using var held = await other.BeginTransactionAsync();
        await other.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@Id::text || 'a/', 7024))", new { tenant.Id }, held);

        using var gone = new CancellationTokenSource();
        var accepting = host.Services.GetRequiredService<EventStore>().AcceptAsync(
            tenant.Id, new HostEventRequest { Topic = "a", Payload = JsonElement.Parse("{}"), Id = "cut" }, gone.Token);
        while (!await tenant.QueryAsync<bool>("select exists (select from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'advisory' and datname = current_database())")) await Task.Delay(20);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting);
        await held.RollbackAsync();

        Assert.Equal(0, await tenant.QueryAsync<long>("select (select count(*) from host_event where tenant_id = @Id) + (select count(*) from extension_event_delivery where tenant_id = @Id) + (select count(*) from event_agenda where owner_id = @Id)"));
        Assert.False((await tenant.SendAsync("a", id: "cut")).Duplicate);
        await tenant.DispatchAsync();
        Assert.Single(tenant.Received);
    }

    [Fact]
    public async Task A_second_event_with_the_same_id_is_the_first_one_again_also_at_the_same_moment()
    {
        tenant.Answer(_ => 204);
        await tenant.InstallAsync("enabled", "a");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => tenant.SendAsync("a", """{"n":1}""", id: "same"))));
        await tenant.DispatchAsync();
        var later = await tenant.SendAsync("a", """{"n":1}""", id: "same");

        Assert.Equal(1, answers.Count(answer => !answer.Duplicate));
        Assert.All(answers, answer => Assert.Equal(("same", 1), (answer.Id, answer.Deliveries)));
        Assert.Equal((true, 1), (later.Duplicate, later.Deliveries));
        await tenant.DispatchAsync();
        Assert.Single(tenant.Received);
    }
}
