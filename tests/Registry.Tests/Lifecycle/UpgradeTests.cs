using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class UpgradeTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly object GreedyGrants = new { capabilities = new[] { "http.fetch", "storage.kv" }, egress = new[] { "api.example.com" } };

    [Fact]
    public async Task An_upgrade_that_asks_for_nothing_more_is_applied_at_once_with_the_grants_of_before()
    {
        var name = await app.InstallNewAsync(config: new { a = 1 });
        var newer = await Shape.Plain.PublishAsync(app, name, "1.1.0");
        var seen = await app.ShowAsync(name);
        Assert.Equal(("1.1.0", "1.1.0", "True"), (seen.Text("latestVersion"), seen.Text("availableVersion"), seen.Text("updateAvailable")));

        var upgraded = (await app.PostAsync(name, "upgrade")).Is(200);

        Assert.Equal(("1.1.0", newer.Contents.Hash.ToString()), (upgraded.Text("version"), upgraded.Text("contentHash")));
        Assert.Equal(["storage.kv"], upgraded.Json.Texts("grants", "capabilities"));
        Assert.Equal(1, upgraded.Json.GetProperty("config").GetProperty("a").GetInt32());
        Assert.Equal((null, "False", null), (upgraded.Text("availableVersion"), upgraded.Text("updateAvailable"), upgraded.Text("pending")));
        Assert.Equal(upgraded.Text, (await app.ShowAsync(name)).Text);
        Assert.Equal(upgraded.Text, (await app.PostAsync(name, "upgrade")).Is(200).Text);
        Assert.Equal(upgraded.Text, (await app.PostAsync(name, "upgrade", new { version = "1.1.0" })).Is(200).Text);
        var history = (await app.GetAsync(LifecycleCalls.Path(name) + "/history", app.Admin)).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            [("install.upgrade", "1.0.0", "1.1.0"), ("install.create", null, "1.0.0")],
            history.Select(change => (change.GetProperty("action").GetString()!, change.GetProperty("from").GetString(), change.GetProperty("to").GetString()!)));
        Assert.All(history, change => Assert.EndsWith("#ada", change.GetProperty("actor").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upgrade_that_asks_for_more_waits_and_shows_the_difference_as_data()
    {
        var name = await app.InstallNewAsync(new Shape { Capabilities = ["storage.kv", "secrets.get"], Secrets = ["old-key", "key"], Endpoints = ["/hello", "/old"] });
        await new Shape
        {
            Capabilities = ["storage.kv", "secrets.get", "http.fetch"],
            Egress = ["api.example.com"],
            Secrets = ["key", "new-key"],
            Endpoints = ["/hello", "/new"],
            Events = ["ticket.created"],
        }.PublishAsync(app, name, "2.0.0");

        var waiting = (await app.PostAsync(name, "upgrade", new { version = "2.0.0" })).Is(202);

        Assert.Equal("1.0.0", waiting.Text("version"));
        var pending = waiting.Json.GetProperty("pending");
        Assert.Equal("2.0.0", pending.GetProperty("version").GetString());
        Assert.Equal(["http.fetch"], pending.Texts("needed", "capabilities"));
        Assert.Equal(["api.example.com"], pending.Texts("needed", "egress"));
        var difference = pending.GetProperty("difference");
        AssertDifference(difference, "capabilities", ["http.fetch"], [], ["secrets.get", "storage.kv"]);
        AssertDifference(difference, "egress", ["api.example.com"], [], []);
        AssertDifference(difference, "secrets", ["new-key"], ["old-key"], ["key"]);
        AssertDifference(difference, "endpoints", ["GET /new"], ["GET /old"], ["GET /hello"]);
        AssertDifference(difference, "events", ["ticket.created"], [], []);
        Assert.Empty(difference.Texts("configFaults"));
        Assert.Equal(waiting.Text, (await app.ShowAsync(name)).Text);
        Assert.Equal(waiting.Text, (await app.PostAsync(name, "upgrade", new { version = "2.0.0" })).Is(202).Text);
        Assert.DoesNotContain("http.fetch", (await app.ShowAsync(name, app.User)).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_applies_what_waits_with_exactly_the_grants_it_gives()
    {
        var name = await app.InstallNewAsync();
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        (await app.PostAsync(name, "upgrade")).Is(202);

        (await app.PostAsync(name, "consent", new { version = "1.5.0", grants = GreedyGrants })).Is(409, "conflict");
        (await app.PostAsync(name, "consent", new { version = "2.0.0", grants = new { capabilities = new[] { "secrets.get" } } })).Is(400, "invalid_request");
        (await app.PostAsync(name, "consent", new { version = "2.0.0" })).Is(400, "invalid_request");
        var consented = (await app.PostAsync(name, "consent", new { version = "2.0.0", grants = new { capabilities = new[] { "http.fetch" } } })).Is(200);

        Assert.Equal(("2.0.0", null), (consented.Text("version"), consented.Text("pending")));
        Assert.Equal(["http.fetch"], consented.Json.Texts("grants", "capabilities"));
        Assert.Equal(["storage.kv"], consented.Json.Texts("missing", "capabilities"));
        Assert.Equal(["api.example.com"], consented.Json.Texts("missing", "egress"));
        (await app.PostAsync(name, "consent", new { version = "2.0.0", grants = GreedyGrants })).Is(409, "conflict");
    }

    [Fact]
    public async Task A_wish_that_was_left_ungranted_is_not_asked_again()
    {
        var name = await app.InstallNewAsync(Shape.Greedy);
        await Shape.Greedy.PublishAsync(app, name, "1.1.0");

        var upgraded = (await app.PostAsync(name, "upgrade")).Is(200);

        Assert.Equal("1.1.0", upgraded.Text("version"));
        Assert.Equal(["storage.kv"], upgraded.Json.Texts("grants", "capabilities"));
        Assert.Empty(upgraded.Json.Texts("grants", "egress"));
    }

    [Fact]
    public async Task Rejecting_drops_what_waits_and_changes_nothing_else()
    {
        var name = await app.InstallNewAsync();
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        (await app.PostAsync(name, "reject")).Is(409, "conflict");
        (await app.PostAsync(name, "upgrade")).Is(202);

        var rejected = (await app.PostAsync(name, "reject")).Is(200);

        Assert.Equal(("1.0.0", null, "2.0.0"), (rejected.Text("version"), rejected.Text("pending"), rejected.Text("latestVersion")));
        (await app.PostAsync(name, "consent", new { version = "2.0.0", grants = GreedyGrants })).Is(409, "conflict");
        (await app.PostAsync(name, "upgrade")).Is(202);
    }

    [Fact]
    public async Task Grants_in_the_upgrade_are_consent_and_nothing_waits()
    {
        var name = await app.InstallNewAsync();
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");

        (await app.PostAsync(name, "upgrade", new { version = "2.0.0", grants = new { egress = new[] { "evil.example.com" } } })).Is(400, "invalid_request");
        var upgraded = (await app.PostAsync(name, "upgrade", new { version = "2.0.0", grants = GreedyGrants })).Is(200);

        Assert.Equal("2.0.0", upgraded.Text("version"));
        Assert.Equal(["api.example.com"], upgraded.Json.Texts("grants", "egress"));
    }

    [Fact]
    public async Task Settings_that_no_longer_fit_make_an_upgrade_wait_with_the_faults()
    {
        var name = await app.InstallNewAsync(config: new { greeting = 5 });
        await new Shape { Config = """{ "type": "object", "properties": { "greeting": { "type": "string" } } }""" }.PublishAsync(app, name, "1.1.0");

        var waiting = (await app.PostAsync(name, "upgrade")).Is(202);

        Assert.Contains("greeting", Assert.Single(waiting.Json.GetProperty("pending").Texts("difference", "configFaults")), StringComparison.Ordinal);
        var kept = new { capabilities = new[] { "storage.kv" } };
        Assert.Contains("greeting", (await app.PostAsync(name, "consent", new { version = "1.1.0", grants = kept })).Is(400, "invalid_request").Detail, StringComparison.Ordinal);
        (await app.PostAsync(name, "upgrade", new { config = new { greeting = false } })).Is(400, "invalid_request");
        var consented = (await app.PostAsync(name, "consent", new { version = "1.1.0", grants = kept, config = new { greeting = "Hi" } })).Is(200);
        Assert.Equal("Hi", consented.Json.GetProperty("config").GetProperty("greeting").GetString());
    }

    [Fact]
    public async Task A_preview_shows_the_difference_and_changes_nothing()
    {
        var name = await app.InstallNewAsync();
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        var before = await app.ShowAsync(name);
        (await app.GetAsync(LifecycleCalls.Path("com.acme.absent") + "/upgrade", app.Admin)).Is(404, "not_found");

        var preview = (await app.GetAsync(LifecycleCalls.Path(name) + "/upgrade", app.Admin)).Is(200).Json;

        Assert.Equal(("1.0.0", "2.0.0", true), (preview.GetProperty("from").GetString(), preview.GetProperty("to").GetString(), preview.GetProperty("wouldWait").GetBoolean()));
        Assert.Equal(["http.fetch"], preview.Texts("needed", "capabilities"));
        AssertDifference(preview.GetProperty("difference"), "capabilities", ["http.fetch"], [], ["storage.kv"]);
        Assert.Equal(before.Text, (await app.ShowAsync(name)).Text);
        (await app.GetAsync(LifecycleCalls.Path(name) + "/upgrade?version=9.9.9", app.Admin)).Is(404, "not_found");
        var fresh = (await app.GetAsync(LifecycleCalls.Path(name) + "/upgrade?version=2.0.0", app.OtherAdmin)).Is(200).Json;
        Assert.Equal(JsonValueKind.Null, fresh.GetProperty("from").ValueKind);
        AssertDifference(fresh.GetProperty("difference"), "capabilities", ["http.fetch", "storage.kv"], [], []);
    }

    [Theory]
    [InlineData("""{ "version": "1.0.0", "config": { "a": 1 } }""", 409, "conflict")]
    [InlineData("""{ "version": "0.9.0" }""", 409, "conflict")]
    [InlineData("""{ "version": "1.0.0-rc.1" }""", 409, "conflict")]
    [InlineData("""{ "version": "7.0.0" }""", 404, "not_found")]
    [InlineData("""{ "version": "1.1.0", "percent": 101 }""", 400, "invalid_request")]
    [InlineData("""{ "version": "1.1.0", "percent": -1 }""", 400, "invalid_request")]
    [InlineData("""{ "version": "1.1.0", "percent": 1.5 }""", 400, "invalid_request")]
    [InlineData("""{ "version": "1.1.0", "by": "me" }""", 400, "invalid_request")]
    [InlineData("[]", 400, "invalid_request")]
    public async Task An_upgrade_that_is_none_is_refused_and_changes_nothing(string body, int status, string code)
    {
        var name = app.NewName();
        foreach (var version in new[] { "0.9.0", "1.0.0-rc.1", "1.0.0", "1.1.0" }) await Shape.Plain.PublishAsync(app, name, version);
        var installed = (await app.InstallAsync(name, app.Admin, LifecycleCalls.Body("1.0.0"))).Is(201);

        (await app.SendAsync(HttpMethod.Post, LifecycleCalls.Path(name) + "/upgrade", app.Admin, new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Is(status, code);

        Assert.Equal(installed.ETag, (await app.ShowAsync(name)).ETag);
    }

    [Fact]
    public async Task A_pre_release_is_only_installed_by_name()
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.1.0-beta.2");

        Assert.Equal((null, null), ((await app.ShowAsync(name)).Text("latestVersion"), (await app.ShowAsync(name)).Text("availableVersion")));
        Assert.Equal("1.0.0", (await app.PostAsync(name, "upgrade")).Is(200).Text("version"));
        Assert.Equal("1.1.0-beta.2", (await app.PostAsync(name, "upgrade", new { version = "1.1.0-beta.2" })).Is(200).Text("version"));
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        Assert.Equal("1.1.0", (await app.PostAsync(name, "upgrade")).Is(200).Text("version"));
    }

    [Fact]
    public async Task Of_two_admins_who_saw_the_same_state_only_one_decides()
    {
        var name = await app.InstallNewAsync();
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        var seen = (await app.PostAsync(name, "upgrade")).Is(202).ETag;

        var answers = await Task.WhenAll(
            app.PostAsync(name, "consent", new { version = "2.0.0", grants = GreedyGrants }, ifMatch: seen),
            app.PostAsync(name, "reject", ifMatch: seen));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Single(answers, answer => answer.Code == "precondition_failed");
        Assert.Equal(3, (await app.ShowAsync(name)).Json.GetProperty("revision").GetInt64());
        foreach (var verb in new[] { "upgrade", "rollback", "promote", "abort", "reject", "restore" }) (await app.PostAsync(name, verb, ifMatch: seen)).Is(412, "precondition_failed");
        (await app.PutAsync(name, "config", new { }, ifMatch: seen)).Is(412, "precondition_failed");
        (await app.PutAsync(name, "grants", new { }, ifMatch: seen)).Is(412, "precondition_failed");
        (await app.PutAsync(name, "policy", new { policy = "minor" }, ifMatch: seen)).Is(412, "precondition_failed");
        (await app.PutAsync(name, "rollout", new { percent = 1 }, ifMatch: seen)).Is(412, "precondition_failed");
    }

    [Fact]
    public async Task Each_step_leaves_one_audit_entry_with_before_and_after()
    {
        var name = await app.InstallNewAsync();
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        await app.PostAsync(name, "upgrade");
        await app.PostAsync(name, "upgrade");
        var consent = await app.PostAsync(name, "consent", new { version = "2.0.0", grants = GreedyGrants });

        await using var owner = await app.OpenOwnerAsync();
        var entries = (await owner.QueryAsync<(string Action, Guid Request, string? Before, string? After)>(
            "select action, request_id, before, after from audit_log where target = @name and action like 'install.%' order by audit_id", new { name })).ToList();

        Assert.Equal(["install.create", "install.upgrade.pending", "install.consent"], entries.Select(entry => entry.Action));
        Assert.Equal(consent.RequestId, entries[2].Request.ToString());
        Assert.Equal("2.0.0", JsonElement.Parse(entries[1].After!).GetProperty("pending").GetProperty("version").GetString());
        Assert.Equal(["storage.kv"], JsonElement.Parse(entries[2].Before!).Texts("grants", "capabilities"));
        Assert.Equal(["http.fetch", "storage.kv"], JsonElement.Parse(entries[2].After!).Texts("grants", "capabilities"));
    }

    private static void AssertDifference(JsonElement difference, string part, string[] added, string[] removed, string[] unchanged)
    {
        Assert.Equal(added, difference.Texts(part, "added"));
        Assert.Equal(removed, difference.Texts(part, "removed"));
        Assert.Equal(unchanged, difference.Texts(part, "unchanged"));
    }
}
