using System.Net;
using System.Text.Json;
using Alga.Extensions.Database;
using Alga.Extensions.Gateway.Tail;
using Alga.Extensions.Runner.Records;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Tail;

/// <summary>Live tails over HTTP, with records that are written as runners write them.</summary>
public sealed class TailTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static readonly TailOptions NoticesOnly = new() { MaxSessions = 100, Heartbeat = TimeSpan.FromHours(1), ConnectionTime = TimeSpan.FromHours(1), SessionTime = TimeSpan.FromHours(1) };

    [Fact]
    public async Task An_admin_sees_executions_of_every_runner_through_any_gateway()
    {
        await using var one = await GatewayAsync(NoticesOnly);
        await using var other = await GatewayAsync(NoticesOnly);
        await using var first = await TailClient.OpenAsync(one.Client);
        await using var second = await TailClient.OpenAsync(other.Client);

        foreach (var status in new[] { 200, 500 })
        {
            // A runner of its own each.
            await using var runner = DatabaseServiceCollectionExtensions.CreateDataSource(host.RunnerDatabase);
            await using var store = new RecordStore(runner);
            await store.WriteAsync([Record(status)], default);
            Assert.Equal(status, (await first.ExecutionAsync()).GetProperty("status").GetInt32());
            Assert.Equal(status, (await second.ExecutionAsync()).GetProperty("status").GetInt32());
        }

        Assert.Equal("text/event-stream", first.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", first.Response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task An_execution_is_shown_as_its_record_with_its_log()
    {
        await using var gateway = await GatewayAsync(NoticesOnly);
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        var record = Record(504) with { Code = "timeout", Logs = "[{\"atUs\":1,\r\n\"level\":\"info\",\"message\":\"line\\none\"}]" };
        await WriteAsync(record);

        var shown = await tail.ExecutionAsync();

        Assert.Equal((record.ExecutionId, record.RequestId, "timeout", "/agreements/:id"), (shown.GetProperty("executionId").GetGuid(), shown.GetProperty("requestId").GetGuid(), shown.GetProperty("code").GetString(), shown.GetProperty("endpoint").GetString()));
        Assert.Equal("line\none", shown.GetProperty("logs")[0].GetProperty("message").GetString());
        Assert.True(shown.GetProperty("hasLogs").GetBoolean());
        Assert.EndsWith("Z", shown.GetProperty("startedAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executions_of_another_tenant_or_extension_are_not_shown()
    {
        await using var gateway = await GatewayAsync(NoticesOnly);
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        await WriteAsync(
            Record() with { TenantId = GatewayHost.Globex },
            Record() with { ExtensionId = GatewayHost.DisabledExtension });
        var own = Record();
        await WriteAsync(own);
        Assert.Equal(own.ExecutionId, (await tail.ExecutionAsync()).GetProperty("executionId").GetGuid());
    }

    [Theory]
    [InlineData("", GatewayHost.Extension, 401, "unauthenticated")]
    [InlineData("nobody", GatewayHost.Extension, 401, "unauthenticated")]
    [InlineData("grace", GatewayHost.Extension, 403, "forbidden")]
    [InlineData("host", GatewayHost.Extension, 403, "forbidden")]
    [InlineData("dev", GatewayHost.Extension, 403, "forbidden")]
    [InlineData("linus", GatewayHost.DisabledExtension, 404, "extension_not_installed")]
    [InlineData("ada", "com.acme.nowhere", 404, "extension_not_installed")]
    [InlineData("ada", "A B", 404, "extension_not_installed")]
    public async Task Nobody_watches_what_is_not_theirs(string caller, string extension, int status, string code)
    {
        using var response = await TailClient.SendAsync(host.Client, caller, Uri.EscapeDataString(extension));
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("x")]
    [InlineData(".")]
    [InlineData("01936b2e00007000800000000000ac3e.")]
    [InlineData("01936b2e00007000800000000000ac3e.-1")]
    [InlineData("01936b2e00007000800000000000ac3e.99999999999999999999")]
    [InlineData("01936b2e-0000-7000-8000-00000000ac3e.1")]
    public async Task A_place_that_is_none_is_refused(string place)
    {
        using var response = await TailClient.SendAsync(host.Client, "ada", GatewayHost.Extension, place);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Who_comes_again_gets_what_was_written_meanwhile_and_the_audit_log_has_one_entry()
    {
        await using var gateway = await GatewayAsync(NoticesOnly);
        var before = await AuditAsync();
        string place;
        await using (var tail = await TailClient.OpenAsync(gateway.Client))
        {
            await WriteAsync(Record());
            await tail.ExecutionAsync();
            place = tail.Place;
        }

        var missed = Record();
        await WriteAsync(missed);
        await using var again = await TailClient.OpenAsync(gateway.Client, lastEventId: place);
        Guid seen;
        do seen = (await again.ExecutionAsync()).GetProperty("executionId").GetGuid();
        while (seen != missed.ExecutionId);

        var entry = Assert.Single((await AuditAsync()).Skip(before.Count));
        Assert.Equal(("i#ada", GatewayHost.Extension), (entry.Actor, entry.Target));
        Assert.Equal(Guid.ParseExact(place.Split('.')[0], "N"), JsonElement.Parse(entry.After).GetProperty("sessionId").GetGuid());
    }

    [Fact]
    public async Task A_session_is_taken_up_by_nobody_else_and_for_no_other_extension()
    {
        await using var gateway = await GatewayAsync(NoticesOnly);
        await InstallForGlobexAsync();
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        using var stranger = await TailClient.SendAsync(gateway.Client, "linus", GatewayHost.Extension, tail.Place);
        using var elsewhere = await TailClient.SendAsync(gateway.Client, "ada", GatewayHost.DisabledExtension, tail.Place);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (stranger.StatusCode, elsewhere.StatusCode));
    }

    [Fact]
    public async Task A_connection_ends_in_its_time_and_the_session_goes_on()
    {
        await using var gateway = await GatewayAsync(NoticesOnly with { ConnectionTime = TimeSpan.FromMilliseconds(300) });
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        Assert.Null(await tail.NextAsync());
        await using var again = await TailClient.OpenAsync(gateway.Client, lastEventId: tail.Place);
    }

    [Fact]
    public async Task A_session_ends_in_its_time_and_is_not_taken_up_again()
    {
        await using var gateway = await GatewayAsync(NoticesOnly with { SessionTime = TimeSpan.FromMilliseconds(1), Heartbeat = TimeSpan.FromMilliseconds(100) });
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        Assert.Equal("end", (await tail.NextAsync())?.EventType);
        Assert.Null(await tail.NextAsync());
        using var again = await TailClient.SendAsync(gateway.Client, "ada", GatewayHost.Extension, tail.Place);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task A_session_on_a_new_connection_ends_the_old_one()
    {
        await using var gateway = await GatewayAsync(NoticesOnly with { Heartbeat = TimeSpan.FromMilliseconds(100) });
        await using var old = await TailClient.OpenAsync(gateway.Client);
        await using var replacing = await TailClient.OpenAsync(gateway.Client, lastEventId: old.Place);
        Assert.Equal("end", (await old.NextAsync())?.EventType);
        var record = Record();
        await WriteAsync(record);
        Assert.Equal(record.ExecutionId, (await replacing.ExecutionAsync()).GetProperty("executionId").GetGuid());
    }

    [Fact]
    public async Task A_record_that_no_notice_told_of_is_found_once()
    {
        await using var gateway = await GatewayAsync(NoticesOnly with { Heartbeat = TimeSpan.FromMilliseconds(100) });
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        var silent = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, extension_id, install_id, version_id, version, method, endpoint,
              status, duration_us, queue_us, fuel, memory_bytes, egress_bytes)
            values (@Acme, clock_timestamp(), @silent, @silent, @Extension, @silent, @silent, '1.0.0', 'GET', '/silent', 200, 1, 1, 1, 1, 1)
            """,
            new { GatewayHost.Acme, silent, GatewayHost.Extension });
        Assert.Equal(silent, (await tail.ExecutionAsync()).GetProperty("executionId").GetGuid());
        var next = Record();
        await WriteAsync(next);
        Assert.Equal(next.ExecutionId, (await tail.ExecutionAsync()).GetProperty("executionId").GetGuid());
    }

    [Fact]
    public async Task A_tenant_has_five_sessions_over_all_gateways_and_one_that_ends_makes_room()
    {
        await InstallForGlobexAsync();
        await using var one = await GatewayAsync(NoticesOnly with { MaxSessions = 5 });
        await using var other = await GatewayAsync(NoticesOnly with { MaxSessions = 5 });
        Assert.Equal(5, new TailOptions().MaxSessions);
        var open = new List<TailClient>();
        for (var number = 0; number < 5; number++) open.Add(await TailClient.OpenAsync(number % 2 == 0 ? one.Client : other.Client, "linus"));
        using (var sixth = await TailClient.SendAsync(other.Client, "linus", GatewayHost.Extension))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(10), sixth.Headers.RetryAfter?.Delta);
        }

        await open[0].DisposeAsync();
        HttpResponseMessage next;
        while (true)
        {
            next = await TailClient.SendAsync(other.Client, "linus", GatewayHost.Extension);
            if (next.StatusCode != HttpStatusCode.TooManyRequests) break;
            next.Dispose();
        }

        using (next) Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        foreach (var tail in open.Skip(1)) await tail.DisposeAsync();
    }

    [Fact]
    public async Task A_gateway_serves_a_bounded_number_of_connections()
    {
        await using var gateway = await GatewayAsync(NoticesOnly with { MaxConnections = 1 });
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        using var second = await TailClient.SendAsync(gateway.Client, "ada", GatewayHost.Extension);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    [Fact]
    public async Task A_gateway_that_stops_lets_its_watchers_go()
    {
        var gateway = await GatewayAsync(NoticesOnly);
        await using var tail = await TailClient.OpenAsync(gateway.Client);
        var stopped = gateway.DisposeAsync().AsTask();
        Assert.Null(await tail.NextAsync());
        await stopped;
    }

    private static ExecutionRecord Record(int status = 200)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new ExecutionRecord
        {
            ExecutionId = Guid.CreateVersion7(now),
            TenantId = GatewayHost.Acme,
            StartedAt = now,
            RequestId = Guid.CreateVersion7(now),
            ExtensionId = GatewayHost.Extension,
            InstallId = GatewayHost.AcmeInstall,
            VersionId = GatewayHost.VersionId,
            Version = "1.2.3",
            Method = "GET",
            Endpoint = "/agreements/:id",
            UserId = "ada",
            Status = status,
        };
    }

    private async Task WriteAsync(params ExecutionRecord[] records)
    {
        await using var runner = DatabaseServiceCollectionExtensions.CreateDataSource(host.RunnerDatabase);
        await using var store = new RecordStore(runner);
        Assert.Equal(records.Length, await store.WriteAsync(records, default));
    }

    private async Task<RunningGateway> GatewayAsync(TailOptions options)
    {
        var app = host.BuildWith(host.Runner.Url, services => services.AddSingleton(options));
        await app.StartAsync();
        return new RunningGateway(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    private Task InstallForGlobexAsync() => ExecuteAsync(
        """
        insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
        values (@Globex, gen_random_uuid(), @Extension, @VersionId, 'enabled', '{}', '{}', 'test', now(), now()) on conflict do nothing
        """,
        new { GatewayHost.Globex, GatewayHost.Extension, GatewayHost.VersionId });

    private async Task<IReadOnlyList<(string Actor, string Target, string After)>> AuditAsync()
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        return (await connection.QueryAsync<(string, string, string)>(
            "select actor, target, after::text from audit_log where tenant_id = @Acme and action = 'execution.tail' order by audit_id", new { GatewayHost.Acme })).AsList();
    }

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        await connection.ExecuteAsync(sql, parameters);
    }

    private sealed record RunningGateway(WebApplication App, HttpClient Client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await App.StopAsync();
            await App.DisposeAsync();
            Client.Dispose();
        }
    }
}
