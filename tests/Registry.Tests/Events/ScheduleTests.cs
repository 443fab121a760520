using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Tests.Lifecycle;

namespace Alga.Extensions.Registry.Tests.Events;

public sealed class ScheduleTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly Shape Old = new() { Schedules = ["nightly=0 3 * * *@Europe/Berlin", "often=*/5 * * * *"] };
    private static readonly Shape New = new() { Schedules = ["nightly=0 4 * * *@Europe/Berlin", "weekly=0 0 * * MON"] };

    [Fact]
    public async Task Schedules_are_those_of_the_version_that_runs_and_wait_for_their_next_time()
    {
        await app.TakeNoteAsync();
        var name = await app.InstallNewAsync(Old);
        Assert.True(await app.TakeNoteAsync());
        var before = await ListAsync(name);
        Assert.Equal(["nightly", "often"], before.Keys);
        Assert.Equal(("0 3 * * *", "Europe/Berlin", "once", "jobs.nightly"), (Text(before["nightly"], "cron"), Text(before["nightly"], "timeZone"), Text(before["nightly"], "missedRuns"), Text(before["nightly"], "topic")));
        Assert.Equal(3, TimeZoneInfo.ConvertTimeBySystemTimeZoneId(Next(before["nightly"])!.Value, "Europe/Berlin").Hour);

        await New.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade")).Is(200);
        var after = await ListAsync(name);
        Assert.Equal(["nightly", "weekly"], after.Keys);
        Assert.Equal(4, TimeZoneInfo.ConvertTimeBySystemTimeZoneId(Next(after["nightly"])!.Value, "Europe/Berlin").Hour);
    }

    [Fact]
    public async Task A_candidate_of_a_rollout_brings_no_schedules_of_its_own()
    {
        var name = await app.InstallNewAsync(Old);
        await New.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade", new { percent = 50 })).Is(200);
        Assert.Equal(["nightly", "often"], (await ListAsync(name)).Keys);
    }

    [Fact]
    public async Task An_upgrade_says_which_schedules_come_and_go()
    {
        var name = await app.InstallNewAsync(Old);
        await New.PublishAsync(app, name, "1.1.0");
        var difference = (await app.GetAsync($"{LifecycleCalls.Path(name)}/upgrade?version=1.1.0", app.Admin)).Is(200).Json;
        Assert.Equal(["nightly: 0 4 * * * Europe/Berlin", "weekly: 0 0 * * MON UTC"], difference.Texts("difference", "schedules", "added"));
        Assert.Equal(["nightly: 0 3 * * * Europe/Berlin", "often: */5 * * * * UTC"], difference.Texts("difference", "schedules", "removed"));
    }

    [Fact]
    public async Task While_it_is_disabled_nothing_is_due_and_afterwards_the_next_time_is()
    {
        var name = await app.InstallNewAsync(Old);
        (await app.PostAsync(name, "disable")).Is(200);
        Assert.All((await ListAsync(name)).Values, schedule => Assert.Null(Next(schedule)));
        await app.TakeNoteAsync();
        (await app.PostAsync(name, "enable")).Is(200);
        Assert.All((await ListAsync(name)).Values, schedule => Assert.True(Next(schedule) > TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        Assert.True(await app.TakeNoteAsync());
    }

    [Fact]
    public async Task A_paused_schedule_stays_paused_until_somebody_lets_it_run()
    {
        var name = await app.InstallNewAsync(Old);
        var paused = (await app.PostAsync(name, "schedules/nightly/pause")).Is(200);
        Assert.Equal("nightly", paused.Text("name"));
        Assert.NotNull(paused.Text("pausedBy"));
        Assert.Null(paused.Text("nextRunAt"));
        Assert.Equal(paused.Text, (await app.PostAsync(name, "schedules/nightly/pause")).Is(200).Text);

        await New.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade")).Is(200);
        (await app.PostAsync(name, "disable")).Is(200);
        (await app.PostAsync(name, "enable")).Is(200);
        (await app.RemoveAsync(name)).Is(204);
        (await app.PostAsync(name, "restore")).Is(200);
        var schedules = await ListAsync(name);
        Assert.Equal((true, false), (Next(schedules["nightly"]) is null, Next(schedules["weekly"]) is null));
        Assert.NotNull(Text(schedules["nightly"], "pausedAt"));

        await app.TakeNoteAsync();
        var resumed = (await app.PostAsync(name, "schedules/nightly/resume")).Is(200);
        Assert.Equal((null, null), (resumed.Text("pausedAt"), resumed.Text("pausedBy")));
        Assert.NotNull(resumed.Text("nextRunAt"));
        Assert.True(await app.TakeNoteAsync());
        var audit = (await app.GetAsync($"/api/tenant/audit?target={name}&action=schedule", app.Admin)).Is(200).Json.GetProperty("items");
        Assert.Equal(["schedule.resume", "schedule.pause"], audit.EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_schedule_that_is_not_there_and_one_of_another_tenant_are_not_found()
    {
        var name = await app.InstallNewAsync(Old);
        (await app.PostAsync(name, "schedules/hourly/pause")).Is(404, "not_found");
        (await app.PostAsync(name, "schedules/nightly/pause", token: app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.InstallAsync(name, app.OtherAdmin, LifecycleCalls.Body("1.0.0"))).Is(201);
        (await app.PostAsync(name, "schedules/nightly/pause", token: app.OtherAdmin)).Is(200);
        Assert.Null(Text((await ListAsync(name))["nightly"], "pausedAt"));
    }

    private async Task<SortedDictionary<string, JsonElement>> ListAsync(string name) =>
        new((await app.GetAsync($"{LifecycleCalls.Path(name)}/schedules", app.Admin)).Is(200).Json.GetProperty("items").EnumerateArray().ToDictionary(item => Text(item, "name")!), StringComparer.Ordinal);

    private static string? Text(JsonElement item, string member) => item.GetProperty(member) is { ValueKind: not JsonValueKind.Null } value ? value.GetString() : null;

    private static DateTimeOffset? Next(JsonElement item) => item.GetProperty("nextRunAt") is { ValueKind: not JsonValueKind.Null } value ? value.GetDateTimeOffset() : null;
}
