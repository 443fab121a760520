using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class RolloutTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_rollout_is_started_widened_and_promoted()
    {
        var name = await app.InstallNewAsync();
        var newer = await Shape.Plain.PublishAsync(app, name, "1.1.0");

        var started = (await app.PostAsync(name, "upgrade", new { version = "1.1.0", percent = 10 })).Is(200);
        Assert.Equal("1.0.0", started.Text("version"));
        var rollout = started.Json.GetProperty("rollout");
        Assert.Equal(("1.1.0", newer.Contents.Hash.ToString(), 10), (rollout.GetProperty("version").GetString(), rollout.GetProperty("contentHash").GetString(), rollout.GetProperty("percent").GetInt32()));

        Assert.Equal(50, (await app.PutAsync(name, "rollout", new { percent = 50 })).Is(200).Json.GetProperty("rollout").GetProperty("percent").GetInt32());
        (await app.PutAsync(name, "rollout", new { percent = 101 })).Is(400, "invalid_request");
        (await app.PutAsync(name, "rollout", new { })).Is(400, "invalid_request");

        var promoted = (await app.PostAsync(name, "promote")).Is(200);
        Assert.Equal(("1.1.0", null), (promoted.Text("version"), promoted.Text("rollout")));
        (await app.PostAsync(name, "promote")).Is(409, "conflict");
        (await app.PostAsync(name, "abort")).Is(409, "conflict");
        (await app.PutAsync(name, "rollout", new { percent = 5 })).Is(409, "conflict");
        Assert.Equal("1.0.0", (await app.PostAsync(name, "rollback")).Is(200).Text("version"));
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("rollback")]
    public async Task A_rollout_ends_in_one_call(string verb)
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade", new { percent = 25 })).Is(200);

        var ended = (await app.PostAsync(name, verb)).Is(200);

        Assert.Equal(("1.0.0", null, "1.1.0"), (ended.Text("version"), ended.Text("rollout"), ended.Text("latestVersion")));
    }

    [Fact]
    public async Task An_upgrade_to_the_candidate_without_a_share_promotes_it()
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade", new { percent = 25 })).Is(200);

        var promoted = (await app.PostAsync(name, "upgrade", new { version = "1.1.0" })).Is(200);

        Assert.Equal(("1.1.0", null), (promoted.Text("version"), promoted.Text("rollout")));
    }

    [Fact]
    public async Task A_rollout_that_asks_for_more_waits_and_consent_starts_it_at_its_share()
    {
        var name = await app.InstallNewAsync(
            new Shape { Capabilities = ["storage.kv", "metrics.emit"] }, new { capabilities = new[] { "storage.kv", "metrics.emit" } });
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        var waiting = (await app.PostAsync(name, "upgrade", new { percent = 5 })).Is(202);
        Assert.Equal((null, 5), (waiting.Text("rollout"), waiting.Json.GetProperty("pending").GetProperty("percent").GetInt32()));

        var started = (await app.PostAsync(
            name, "consent", new { version = "2.0.0", grants = new { capabilities = new[] { "http.fetch", "storage.kv" }, egress = new[] { "api.example.com" } } })).Is(200);

        Assert.Equal(("1.0.0", 5), (started.Text("version"), started.Json.GetProperty("rollout").GetProperty("percent").GetInt32()));
        Assert.Equal(["http.fetch", "metrics.emit", "storage.kv"], started.Json.Texts("grants", "capabilities"));
        (await app.PutAsync(name, "grants", new { capabilities = new[] { "secrets.get" } })).Is(400, "invalid_request");
        Assert.Equal(["metrics.emit", "storage.kv"], (await app.PostAsync(name, "abort")).Is(200).Json.Texts("grants", "capabilities"));
    }

    [Fact]
    public async Task Settings_must_fit_both_versions()
    {
        var name = await app.InstallNewAsync(new Shape { Config = """{ "type": "object", "properties": { "a": { "type": "number" } } }""" });
        await new Shape { Config = """{ "type": "object", "properties": { "b": { "type": "string" } } }""" }.PublishAsync(app, name, "1.1.0");

        (await app.PostAsync(name, "upgrade", new { percent = 50, config = new { a = "text" } })).Is(400, "invalid_request");
        (await app.PostAsync(name, "upgrade", new { percent = 50, config = new { a = 1, b = "text" } })).Is(200);
        (await app.PutAsync(name, "config", new { a = 1, b = 2 })).Is(400, "invalid_request");
        (await app.PutAsync(name, "config", new { a = "one", b = "two" })).Is(400, "invalid_request");
        Assert.Equal("two", (await app.PutAsync(name, "config", new { a = 2, b = "two" })).Is(200).Json.GetProperty("config").GetProperty("b").GetString());
    }

    [Fact]
    public async Task Following_waits_while_a_rollout_lasts_and_goes_on_after_it()
    {
        var name = await app.InstallNewAsync(policy: "minor");
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade", new { percent = 50 })).Is(200);
        await Shape.Plain.PublishAsync(app, name, "1.2.0");
        await app.MaintainAsync("follow");
        Assert.Equal("1.0.0", (await app.ShowAsync(name)).Text("version"));

        Assert.Equal("1.2.0", (await app.PostAsync(name, "abort")).Is(200).Text("version"));
    }
}
