using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Events;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary>A new tenant with installs that events and schedules reach, and short ways to work on them.</summary>
internal sealed class EventTenant(GatewayHost host, Guid? id = null)
{
    private const string Endpoints = """ "api": { "endpoints": [{ "method": "POST", "path": "/jobs/nightly", "timeoutMs": 200 }, { "method": "GET", "path": "/jobs/ping" }] } """;
    private static int extensions;

    public Guid Id { get; } = id ?? Guid.CreateVersion7();

    private EventStore Store => host.Services.GetRequiredService<EventStore>();

    /// <summary>An install of an extension of its own, subscribed to topics, each with a filter after a space or none.</summary>
    public async Task<Guid> InstallAsync(string status = "enabled", params string[] topics)
    {
        var installId = Guid.CreateVersion7();
        var versionId = Guid.CreateVersion7();
        var name = $"com.acme.events{Interlocked.Increment(ref extensions)}";
        await ExecuteAsync(
            """
            insert into extension_registry (extension_id, publisher_id, display_name, created_at) values (@name, 'com.acme', 'Test', now());
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              values (@versionId, @name, '1.0.0', @Hash, @manifest::json, 'test', now());
            insert into tenant_extension_install
              (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
              values (@Id, @installId, @name, @versionId, @status, array['storage.kv'], '{}', 'test', now(), now());
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at) values (@Id, @installId, '{"greeting":"hi"}', now());
            """,
            new { installId, versionId, name, status, manifest = Manifest(name), GatewayHost.Hash });
        foreach (var topic in topics)
        {
            var parts = topic.Split(' ', 2);
            await ExecuteAsync(
                "insert into extension_event_subscription (tenant_id, install_id, topic, filter, version_id) values (@Id, @installId, @topic, @filter::json, @versionId)",
                new { installId, topic = parts[0], filter = parts.ElementAtOrDefault(1), versionId });
        }

        return installId;
    }

    /// <summary>Gives an install a schedule that is due some time ago.</summary>
    public Task ScheduleAsync(Guid installId, string name, TimeSpan ago, string missed = "once", string? endpoint = null) => ExecuteAsync(
        """
        insert into extension_schedule (tenant_id, install_id, name, version_id, cron, time_zone, missed_runs, method, path, topic, next_run_at)
        select @Id, @installId, @name, version_id, @cron, 'UTC', @missed, @method, @path, @topic, date_trunc('second', clock_timestamp() - @ago::interval)
        from tenant_extension_install where tenant_id = @Id and install_id = @installId;
        """,
        new { installId, name, cron = HourlyButNotSoon(), missed, ago = $"{ago.TotalSeconds} seconds", method = endpoint?.Split(' ')[0], path = endpoint?.Split(' ')[1], topic = endpoint is null ? "jobs." + name : null });

    /// <summary>A schedule of every minute comes due again under a test that runs over the turn of a minute.</summary>
    private static string HourlyButNotSoon() => $"{(TimeProvider.System.GetUtcNow().Minute + 30) % 60} * * * *";

    public async Task<HostEventAnswer> SendAsync(string topic, string payload = "{}", string? id = null, string? key = null)
    {
        var sent = await Store.AcceptAsync(Id, new HostEventRequest { Topic = topic, Payload = JsonElement.Parse(payload), Id = id, Key = key }, CancellationToken.None);
        Assert.True(sent.TryGet(out var answer, out var refusal), refusal?.Message);
        return answer;
    }

    /// <summary>Events of the topic <c>a</c> that wait already, as many of each key, and no limit for them; their ids are <c>key1:1</c>, <c>key1:2</c> and so on.</summary>
    public Task QueueAsync(Guid installId, int keys, int ofEach) => ExecuteAsync(
        """
        insert into host_event (tenant_id, event_id, topic, order_key, payload, occurred_at, accepted_at)
        select @Id, 'key' || key || ':' || number, 'a', 'key' || key, '{}', now(), now() from generate_series(1, @ofEach) number, generate_series(1, @keys) key;
        insert into extension_event_delivery (tenant_id, delivery_id, install_id, event_id, topic, order_key, next_attempt_at, expires_at, created_at)
        select @Id, gen_random_uuid(), @installId, 'key' || key || ':' || number, 'a', 'key' || key, now(), now() + interval '1 day', now()
        from generate_series(1, @ofEach) number, generate_series(1, @keys) key order by number, key;
        insert into event_agenda values ('00000000-0000-0000-0000-000000000000', @Id, clock_timestamp());
        insert into tenant_quota (tenant_id, scope, requests_per_second, burst) select @Id, scope, 100000, 100000
        from (select extension_id from tenant_extension_install where install_id = @installId union select '*') scopes (scope);
        """,
        new { installId, keys, ofEach });

    /// <summary>Deletes all events, for a test that made many.</summary>
    public Task ForgetAsync() => ExecuteAsync("delete from host_event where tenant_id = @Id; delete from event_agenda where owner_id = @Id");

    /// <summary>Lets dispatchers work until nothing is due, several of them at once if asked to.</summary>
    public async Task DispatchAsync(int dispatchers = 1, IServiceProvider? services = null)
    {
        var dispatcher = (services ?? host.Services).GetRequiredService<EventDispatcher>();
        await Task.WhenAll(Enumerable.Range(0, dispatchers).Select(_ => Task.Run(async () =>
        {
            while (await dispatcher.RunOnceAsync(CancellationToken.None))
            {
            }
        })));
    }

    /// <summary>Makes everything due that waits for its next attempt, and ends the leases of dispatchers that are thought dead.</summary>
    public Task PassTimeAsync() => ExecuteAsync(
        """
        update extension_event_delivery set next_attempt_at = clock_timestamp(), lease_until = case when lease_until is not null then clock_timestamp() end
          where tenant_id = @Id and status = 'pending';
        update event_agenda set due_at = clock_timestamp() where owner_id = @Id;
        """);

    /// <summary>The events that the runner got for this tenant, in the order of arrival.</summary>
    public IReadOnlyList<ExecuteRequest> Received => [.. host.Runner.Received.Where(request => request.Context.TenantId == Id)];

    public async Task<IReadOnlyList<dynamic>> DeliveriesAsync()
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        return (await connection.QueryAsync("select *, attempt_log::text as log from extension_event_delivery where tenant_id = @Id order by sequence", new { Id })).AsList();
    }

    public async Task<IReadOnlyList<string>> StatusesAsync() => [.. (await DeliveriesAsync()).Select(row => (string)row.status)];

    public async Task ExecuteAsync(string sql, object? more = null)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        var parameters = new DynamicParameters(more);
        parameters.Add("Id", Id);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T> QueryAsync<T>(string sql, object? more = null)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        var parameters = new DynamicParameters(more);
        parameters.Add("Id", Id);
        return await connection.QuerySingleAsync<T>(sql, parameters);
    }

    /// <summary>What the runner answers to each request of events.</summary>
    public void Answer(Func<ExecuteRequest, int> status) => host.Runner.Answer = context =>
        Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = status(FakeRunner.RequestOf(context)), Usage = new ExecuteUsage() }));

    /// <summary>The runner refuses everything with a problem.</summary>
    public void Refuse(string code, int status) => host.Runner.Answer = _ =>
        Task.FromResult(Results.Text($$"""{"type":"about:blank","title":"t","status":{{status}},"detail":"d","code":"{{code}}","requestId":"r"}""", "application/problem+json", null, status));

    private static string Manifest(string name) =>
        $$"""
        {
          "manifestVersion": 2, "name": "{{name}}", "publisher": "com.acme", "version": "1.0.0", "displayName": "Test", "description": "",
          "runtime": "wasm-component@2", "entry": "dist/main.wasm", "capabilities": ["storage.kv"], "storage": { "namespaces": ["main"] },
          {{Endpoints}}
        }
        """;
}
