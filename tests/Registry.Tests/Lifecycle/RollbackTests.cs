using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class RollbackTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Going_back_twice_leads_two_versions_back_and_then_there_is_no_more()
    {
        var name = await app.InstallNewAsync();
        foreach (var version in new[] { "1.1.0", "1.2.0" })
        {
            await Shape.Plain.PublishAsync(app, name, version);
            (await app.PostAsync(name, "upgrade")).Is(200);
        }

        Assert.Equal("1.1.0", (await app.PostAsync(name, "rollback")).Is(200).Text("version"));
        Assert.Equal("1.0.0", (await app.PostAsync(name, "rollback")).Is(200).Text("version"));
        (await app.PostAsync(name, "rollback")).Is(409, "conflict");
        Assert.Equal("1.2.0", (await app.PostAsync(name, "rollback", new { version = "1.2.0" })).Is(200).Text("version"));
        Assert.Equal("1.2.0", (await app.PostAsync(name, "rollback", new { version = "1.2.0" })).Is(200).Text("version"));
    }

    [Fact]
    public async Task Only_a_version_that_ran_here_can_be_gone_back_to()
    {
        var name = app.NewName();
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0" }) await Shape.Plain.PublishAsync(app, name, version);
        (await app.InstallAsync(name, app.Admin, LifecycleCalls.Body("1.0.0"))).Is(201);
        (await app.InstallAsync(name, app.OtherAdmin, LifecycleCalls.Body("1.1.0"))).Is(201);
        (await app.PostAsync(name, "upgrade", new { version = "1.2.0" })).Is(200);

        var refused = (await app.PostAsync(name, "rollback", new { version = "1.1.0" })).Is(409, "conflict");

        Assert.Contains("1.0.0", refused.Detail, StringComparison.Ordinal);
        Assert.Equal("1.2.0", (await app.ShowAsync(name)).Text("version"));
    }

    [Fact]
    public async Task What_only_the_older_version_asks_for_is_granted_again_and_what_was_withdrawn_is_not()
    {
        var name = await app.InstallNewAsync(
            new Shape { Capabilities = ["storage.kv", "http.fetch", "metrics.emit"], Egress = ["api.example.com"] },
            new { capabilities = new[] { "storage.kv", "http.fetch", "metrics.emit" }, egress = new[] { "api.example.com" } });
        await new Shape { Capabilities = ["storage.kv", "metrics.emit"] }.PublishAsync(app, name, "1.1.0");
        Assert.Equal(["metrics.emit", "storage.kv"], (await app.PostAsync(name, "upgrade")).Is(200).Json.Texts("grants", "capabilities"));
        (await app.PutAsync(name, "grants", new { capabilities = new[] { "storage.kv" } })).Is(200);

        var back = (await app.PostAsync(name, "rollback")).Is(200);

        Assert.Equal("1.0.0", back.Text("version"));
        Assert.Equal(["http.fetch", "storage.kv"], back.Json.Texts("grants", "capabilities"));
        Assert.Equal(["api.example.com"], back.Json.Texts("grants", "egress"));
    }

    [Fact]
    public async Task Settings_go_back_too_where_those_of_now_do_not_fit()
    {
        var name = await app.InstallNewAsync(
            new Shape { Config = """{ "type": "object", "properties": { "a": { "type": "number" } } }""" }, config: new { a = 1 });
        await new Shape { Config = """{ "type": "object", "properties": { "a": { "type": "string" } } }""" }.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade", new { config = new { a = "one" } })).Is(200);

        (await app.PostAsync(name, "rollback", new { config = new { a = "no number" } })).Is(400, "invalid_request");
        var back = (await app.PostAsync(name, "rollback")).Is(200);

        Assert.Equal(("1.0.0", 1), (back.Text("version"), back.Json.GetProperty("config").GetProperty("a").GetInt32()));
    }

    [Fact]
    public async Task Following_does_not_bring_back_what_was_gone_back_from_but_takes_its_successor()
    {
        var name = await app.InstallNewAsync(policy: "minor");
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        await app.MaintainAsync("follow");
        Assert.Equal("1.1.0", (await app.ShowAsync(name)).Text("version"));

        (await app.PostAsync(name, "rollback")).Is(200);
        (await app.PutAsync(name, "policy", new { policy = "minor" })).Is(200);
        Assert.Equal(("1.0.0", null), ((await app.ShowAsync(name)).Text("version"), (await app.ShowAsync(name)).Text("availableVersion")));

        await Shape.Plain.PublishAsync(app, name, "1.1.1");
        await app.MaintainAsync("follow");
        Assert.Equal("1.1.1", (await app.ShowAsync(name)).Text("version"));
    }
}
