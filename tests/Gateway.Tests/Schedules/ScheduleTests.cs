using System.Text.Json;
using Alga.Extensions.Gateway.Schedules;
using Alga.Extensions.Gateway.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tests.Schedules;

/// <summary>Runs of schedules on a real PostgreSQL.</summary>
public sealed class ScheduleTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(2);
    private readonly EventTenant tenant = new(host);

    private ScheduleTicker Ticker => host.Services.GetRequiredService<ScheduleTicker>();

    [Fact]
    public async Task A_run_of_a_schedule_with_a_topic_calls_the_event_handler()
    {
        tenant.Answer(_ => 204);
        await tenant.ScheduleAsync(await tenant.InstallAsync(), "nightly", JustNow);
        await RunAsync();

        var received = Assert.Single(tenant.Received).Event!;
        var payload = JsonElement.Parse(received.Payload);
        Assert.Equal(("jobs.nightly", 1, "nightly"), (received.Topic, received.Attempt, payload.GetProperty("schedule").GetString()));
        Assert.Equal(received.OccurredAt, payload.GetProperty("scheduledFor").GetString());
        Assert.True(await tenant.QueryAsync<bool>("select next_run_at > clock_timestamp() and last_run_at <= clock_timestamp() and last_skipped_at is null from extension_schedule where tenant_id = @Id"));
    }

    [Fact]
    public async Task A_run_of_a_schedule_with_an_endpoint_calls_it_with_one_idempotency_key_for_all_attempts()
    {
        tenant.Answer(request => JsonElement.Parse(request.Http.Body!).GetProperty("attempt").GetInt32() == 1 ? 500 : 200);
        await tenant.ScheduleAsync(await tenant.InstallAsync(), "nightly", JustNow, endpoint: "POST /jobs/nightly");
        await RunAsync();
        await tenant.PassTimeAsync();
        await tenant.DispatchAsync();

        Assert.Equal(2, tenant.Received.Count);
        Assert.All(tenant.Received, request =>
        {
            Assert.Equal(("POST", "/jobs/nightly", "/jobs/nightly", 200), (request.Http.Method, request.Http.Path, request.Http.Endpoint, request.Limits.TimeoutMs));
            Assert.Null(request.Event);
            Assert.Null(request.User);
            Assert.Equal("nightly", JsonElement.Parse(request.Http.Body!).GetProperty("schedule").GetString());
        });
        Assert.StartsWith("schedule:", Assert.Single(tenant.Received.Select(request => request.Http.Headers["idempotency-key"].Single()).Distinct()), StringComparison.Ordinal);
        Assert.Equal(["delivered"], await tenant.StatusesAsync());
    }

    [Fact]
    public async Task An_endpoint_without_a_body_gets_none()
    {
        tenant.Answer(_ => 200);
        await tenant.ScheduleAsync(await tenant.InstallAsync(), "ping", JustNow, endpoint: "GET /jobs/ping");
        await RunAsync();
        Assert.Null(Assert.Single(tenant.Received).Http.Body);
    }

    [Fact]
    public async Task A_run_starts_once_whatever_the_number_of_dispatchers()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync();
        for (var number = 0; number < 20; number++) await tenant.ScheduleAsync(install, $"job{number}", JustNow);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Ticker.TickAsync(tenant.Id, CancellationToken.None))));
        await RunAsync(dispatchers: 4);

        Assert.Equal(20, tenant.Received.Count);
        Assert.Equal(20, tenant.Received.Select(request => request.Event!.Topic).Distinct().Count());
    }

    [Fact]
    public async Task All_runs_that_were_missed_are_one()
    {
        tenant.Answer(_ => 204);
        await tenant.ScheduleAsync(await tenant.InstallAsync(), "late", TimeSpan.FromHours(3));
        await RunAsync();
        Assert.Equal(0, await Ticker.TickAsync(tenant.Id, CancellationToken.None));
        Assert.Single(tenant.Received);
    }

    [Fact]
    public async Task A_schedule_that_skips_leaves_missed_runs_out_and_starts_one_that_is_a_little_late()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync();
        await tenant.ScheduleAsync(install, "late", TimeSpan.FromHours(3), missed: "skip");
        await tenant.ScheduleAsync(install, "little", TimeSpan.FromMinutes(2), missed: "skip");
        await RunAsync();

        Assert.Equal(["jobs.little"], tenant.Received.Select(request => request.Event!.Topic));
        Assert.True(await tenant.QueryAsync<bool>("select next_run_at > clock_timestamp() and last_run_at is null and last_skipped_at is not null from extension_schedule where tenant_id = @Id and name = 'late'"));
    }

    [Fact]
    public async Task While_a_run_is_tried_again_the_next_one_is_left_out()
    {
        tenant.Answer(_ => 500);
        await tenant.ScheduleAsync(await tenant.InstallAsync(), "slow", JustNow);
        await RunAsync();
        await tenant.ExecuteAsync("update extension_schedule set next_run_at = clock_timestamp() where tenant_id = @Id");
        Assert.Equal(0, await Ticker.TickAsync(tenant.Id, CancellationToken.None));

        Assert.Equal(["pending"], await tenant.StatusesAsync());
        Assert.True(await tenant.QueryAsync<bool>("select last_skipped_at > last_run_at from extension_schedule where tenant_id = @Id"));
    }

    [Fact]
    public async Task A_paused_schedule_and_one_of_a_disabled_install_do_not_run()
    {
        var install = await tenant.InstallAsync();
        await tenant.ScheduleAsync(install, "paused", JustNow);
        await tenant.ExecuteAsync("update extension_schedule set paused_at = now(), paused_by = 'ada', next_run_at = null where tenant_id = @Id");
        await tenant.ScheduleAsync(await tenant.InstallAsync("disabled"), "disabled", JustNow);
        await RunAsync();
        Assert.Empty(tenant.Received);
        Assert.Empty(await tenant.DeliveriesAsync());
    }

    [Fact]
    public async Task A_schedule_of_a_version_that_is_gone_is_dropped_and_an_endpoint_that_is_gone_is_a_failure()
    {
        var install = await tenant.InstallAsync();
        await tenant.ScheduleAsync(install, "gone", JustNow);
        await Ticker.TickAsync(tenant.Id, CancellationToken.None);
        await tenant.ExecuteAsync("delete from extension_schedule where tenant_id = @Id");
        await tenant.ScheduleAsync(install, "elsewhere", JustNow, endpoint: "POST /jobs/elsewhere");
        await RunAsync();

        Assert.Empty(tenant.Received);
        Assert.Equal(["dropped", "pending"], await tenant.StatusesAsync());
        Assert.Contains("endpoint_not_found", (string)(await tenant.DeliveriesAsync())[1].log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_whose_time_zone_this_system_does_not_know_holds_up_no_other_and_does_not_run_until_it_is_known()
    {
        tenant.Answer(_ => 204);
        var install = await tenant.InstallAsync();
        await tenant.ScheduleAsync(install, "odd", JustNow);
        await tenant.ExecuteAsync("update extension_schedule set time_zone = 'Europe/Atlantis' where tenant_id = @Id");
        await tenant.ScheduleAsync(install, "other", JustNow);
        await RunAsync();

        // It is looked at once an hour, and an hourly look is no hourly run.
        await tenant.ExecuteAsync("update extension_schedule set next_run_at = clock_timestamp() where tenant_id = @Id and name = 'odd'");
        await RunAsync();

        Assert.Equal(["jobs.other"], tenant.Received.Select(request => request.Event!.Topic));
        Assert.True(await tenant.QueryAsync<bool>(
            "select next_run_at > clock_timestamp() + interval '30 minutes' and last_run_at is null and last_skipped_at is not null from extension_schedule where tenant_id = @Id and name = 'odd'"));
        await tenant.ExecuteAsync("update extension_schedule set time_zone = 'UTC', next_run_at = clock_timestamp() where tenant_id = @Id and name = 'odd'");
        await RunAsync();
        Assert.Equal(["jobs.odd", "jobs.other"], tenant.Received.Select(request => request.Event!.Topic).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tick_that_is_cut_off_before_its_commit_started_nothing_and_the_next_starts_it()
    {
        tenant.Answer(_ => 204);
        await tenant.ScheduleAsync(await tenant.InstallAsync(), "nightly", JustNow);
        using var gone = new CancellationTokenSource();
        await using var other = new Npgsql.NpgsqlConnection(host.Owner);
        await other.OpenAsync();
        await using (var held = await other.BeginTransactionAsync())
        {
            // The tick waits when it writes its first event.
            await Dapper.SqlMapper.ExecuteAsync(other, "lock table host_event in exclusive mode", transaction: held);
            var ticking = Ticker.TickAsync(tenant.Id, gone.Token);
            while (!await tenant.QueryAsync<bool>("select exists (select from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'relation' and datname = current_database())")) await Task.Delay(20);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ticking);
        }

        Assert.Empty(await tenant.DeliveriesAsync());
        await RunAsync();
        Assert.Single(tenant.Received);
    }

    private async Task RunAsync(int dispatchers = 1)
    {
        await tenant.ExecuteAsync("insert into event_agenda values ('00000000-0000-0000-0000-000000000000', @Id, clock_timestamp()) on conflict (tenant_id, owner_id) do update set due_at = excluded.due_at");
        await tenant.DispatchAsync(dispatchers);
    }
}
