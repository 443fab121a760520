using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class UninstallTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_restored_install_has_everything_it_had()
    {
        var name = await app.InstallNewAsync(new Shape { Events = ["ticket.created"] }, config: new { a = 1 });
        await StoreAsync(name, RegistryApp.Acme, 3);
        await app.PostAsync(name, "disable");
        var before = (await app.ShowAsync(name)).Json;

        (await app.RemoveAsync(name)).Is(204);
        var gone = (await app.ShowAsync(name)).Is(404, "extension_not_installed");
        Assert.Contains("/restore", gone.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await app.GetAsync("/api/tenant/installs?limit=200", app.Admin)).Text, StringComparison.Ordinal);
        Assert.Contains(name, (await app.GetAsync("/api/tenant/installs?limit=200&uninstalled=true", app.Admin)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await app.GetAsync("/api/tenant/installs?limit=200&uninstalled=true", app.OtherAdmin)).Text, StringComparison.Ordinal);
        (await app.GetAsync("/api/tenant/installs?uninstalled=maybe", app.Admin)).Is(400, "invalid_request");
        var shown = (await app.ShowAsync(name, query: "?uninstalled=true")).Is(200);
        Assert.Equal("uninstalled", shown.Text("status"));
        Assert.InRange((shown.Json.GetProperty("uninstalledUntil").GetDateTime() - shown.Json.GetProperty("updatedAt").GetDateTime()).TotalDays, 29.9, 30);
        foreach (var verb in new[] { "enable", "disable", "upgrade", "rollback", "consent", "promote" })
        {
            (await app.PostAsync(name, verb, verb == "consent" ? new { version = "1.0.0", grants = new { } } : null)).Is(404, "extension_not_installed");
        }

        (await app.PostAsync(name, "restore", token: app.OtherAdmin)).Is(404, "extension_not_installed");
        var restored = (await app.PostAsync(name, "restore", ifMatch: shown.ETag)).Is(200).Json;

        foreach (var member in new[] { "installId", "version", "status", "grants", "config", "policy", "installedAt" })
        {
            Assert.Equal(before.GetProperty(member).GetRawText(), restored.GetProperty(member).GetRawText());
        }

        Assert.Equal(3, await StoredAsync(name, RegistryApp.Acme));
        Assert.Equal(restored.GetRawText(), (await app.PostAsync(name, "restore")).Is(200).Text);
    }

    [Fact]
    public async Task Installing_what_was_uninstalled_takes_it_up_again_in_the_state_that_is_given()
    {
        var name = await app.InstallNewAsync(config: new { old = true });
        await StoreAsync(name, RegistryApp.Acme, 2);
        var old = (await app.ShowAsync(name)).Json.GetProperty("installId").GetGuid();
        await app.RemoveAsync(name);

        var again = (await app.InstallAsync(name, app.Admin, new { version = "1.0.0" })).Is(201);

        Assert.Equal((old, "enabled", "{}"), (again.Json.GetProperty("installId").GetGuid(), again.Text("status"), again.Text("config")));
        Assert.Empty(again.Json.Texts("grants", "capabilities"));
        Assert.Equal(2, await StoredAsync(name, RegistryApp.Acme));
        await app.MaintainAsync("purge");
        Assert.Equal(again.Text, (await app.ShowAsync(name)).Text);
    }

    [Fact]
    public async Task A_purge_deletes_exactly_what_is_due()
    {
        var due = await app.InstallNewAsync();
        var kept = await app.InstallNewAsync();
        var early = await app.InstallNewAsync();
        (await app.InstallAsync(due, app.OtherAdmin, LifecycleCalls.Body("1.0.0"))).Is(201);
        foreach (var name in new[] { due, kept, early }) await StoreAsync(name, RegistryApp.Acme, 2);
        await StoreAsync(due, RegistryApp.Globex, 2);
        await app.RemoveAsync(due);
        await app.RemoveAsync(early);
        await app.AgeAsync(due, RegistryApp.Acme);
        await app.AgeAsync(early, RegistryApp.Acme, TimeSpan.FromDays(29));

        var reports = await app.MaintainAsync("purge");

        Assert.Equal((1, 2, 0), (Sum("purged"), Sum("entriesDeleted"), Sum("failed")));
        Assert.Equal((0, 2, 2, 2), (await StoredAsync(due, RegistryApp.Acme), await StoredAsync(due, RegistryApp.Globex), await StoredAsync(kept, RegistryApp.Acme), await StoredAsync(early, RegistryApp.Acme)));
        (await app.PostAsync(due, "restore")).Is(404, "extension_not_installed");
        (await app.ShowAsync(due, query: "?uninstalled=true")).Is(404, "extension_not_installed");
        (await app.ShowAsync(due, app.OtherAdmin)).Is(200);
        (await app.PostAsync(early, "restore")).Is(200);
        Assert.Equal(0, (await app.MaintainAsync("purge")).Sum(report => report.GetProperty("purged").GetInt32()));
        await using var owner = await app.OpenOwnerAsync();
        foreach (var table in new[] { "tenant_extension_install", "tenant_extension_install_config", "tenant_extension_install_history", "extension_event_subscription" })
        {
            Assert.Equal(0, await owner.ExecuteScalarAsync<long>(
                $"select count(*) from {table} t where tenant_id = @Acme and not exists (select from tenant_extension_install i where i.install_id = t.install_id)", new { RegistryApp.Acme }));
        }

        Assert.Equal(0, await owner.ExecuteScalarAsync<long>("select count(*) from install_purge where extension_id in (@due, @early)", new { due, early }));
        Assert.Equal(
            ("platform:purge", "install.purge"),
            await owner.QuerySingleAsync<(string, string)>("select actor, action from audit_log where target = @due and tenant_id = @Acme order by audit_id desc limit 1", new { due, RegistryApp.Acme }));

        int Sum(string member) => reports.Sum(report => report.GetProperty(member).GetInt32());
    }

    [Fact]
    public async Task A_purge_of_much_data_goes_on_in_the_next_call_and_ends()
    {
        var name = await app.InstallNewAsync();
        await StoreAsync(name, RegistryApp.Acme, 51_500);
        await app.RemoveAsync(name);
        await app.AgeAsync(name, RegistryApp.Acme);

        var first = (await app.SendAsync(HttpMethod.Post, "/api/registry/maintenance/purge", app.Operator)).Is(200).Json;

        Assert.Equal((0, 50_000, true), (first.GetProperty("purged").GetInt32(), first.GetProperty("entriesDeleted").GetInt32(), first.GetProperty("more").GetBoolean()));
        (await app.PostAsync(name, "restore")).Is(404, "extension_not_installed");
        Assert.Equal(1, (await app.MaintainAsync("purge")).Sum(report => report.GetProperty("purged").GetInt32()));
        Assert.Equal(0, await StoredAsync(name, RegistryApp.Acme));
    }

    [Fact]
    public async Task Installing_after_the_time_to_restore_starts_from_nothing()
    {
        var name = await app.InstallNewAsync();
        await StoreAsync(name, RegistryApp.Acme, 3);
        var old = (await app.ShowAsync(name)).ETag;
        await app.RemoveAsync(name);
        await app.AgeAsync(name, RegistryApp.Acme);
        (await app.PostAsync(name, "restore")).Is(404, "extension_not_installed");

        var fresh = (await app.InstallAsync(name, app.Admin, LifecycleCalls.Body("1.0.0"))).Is(201);

        Assert.Equal(1, fresh.Json.GetProperty("revision").GetInt64());
        Assert.NotEqual(old!.Split('-')[0], fresh.ETag!.Split('-')[0]);
        Assert.Equal(0, await StoredAsync(name, RegistryApp.Acme));
    }

    [Fact]
    public async Task Restores_and_purges_at_once_leave_each_install_whole_or_gone()
    {
        var names = new List<string>();
        for (var index = 0; index < 8; index++)
        {
            var name = await app.InstallNewAsync();
            await StoreAsync(name, RegistryApp.Acme, 5);
            await app.RemoveAsync(name);
            if (index % 2 == 0) await app.AgeAsync(name, RegistryApp.Acme);
            names.Add(name);
        }

        var purges = Enumerable.Range(0, 3).Select(_ => app.SendAsync(HttpMethod.Post, "/api/registry/maintenance/purge", app.Operator));
        var restores = names.Select(name => app.PostAsync(name, "restore")).ToList();
        foreach (var purge in await Task.WhenAll(purges)) purge.Is(200);
        var restored = await Task.WhenAll(restores);

        foreach (var (index, name) in names.Index())
        {
            restored[index].Is(index % 2 == 0 ? 404 : 200, index % 2 == 0 ? "extension_not_installed" : null);
            Assert.Equal(index % 2 == 0 ? 0 : 5, await StoredAsync(name, RegistryApp.Acme));
        }
    }

    [Fact]
    public async Task An_uninstall_ends_a_rollout_and_what_waits()
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        (await app.PostAsync(name, "upgrade", new { version = "1.1.0", percent = 50 })).Is(200);
        (await app.PostAsync(name, "upgrade", new { version = "2.0.0" })).Is(202);
        await app.RemoveAsync(name);

        var restored = (await app.PostAsync(name, "restore")).Is(200);

        Assert.Equal(("1.0.0", null, null), (restored.Text("version"), restored.Text("rollout"), restored.Text("pending")));
    }

    private async Task StoreAsync(string name, Guid tenant, int entries)
    {
        await using var owner = await app.OpenOwnerAsync();
        // As extensions do: no commit of theirs writes many entries, and each one is counted at the commit.
        for (var from = 1; from <= entries; from += 1_000)
        {
            await owner.ExecuteAsync(
                """
                insert into extension_storage_entry (tenant_id, extension_id, namespace, key, value, revision, updated_at)
                select @tenant, @name, 'default', 'key' || n, '{}', 1, now() from generate_series(@from, @to) n
                """,
                new { tenant, name, from, to = Math.Min(entries, from + 999) });
        }
    }

    private async Task<long> StoredAsync(string name, Guid tenant)
    {
        await using var owner = await app.OpenOwnerAsync();
        return await owner.ExecuteScalarAsync<long>("select count(*) from extension_storage_entry where tenant_id = @tenant and extension_id = @name", new { tenant, name });
    }
}
