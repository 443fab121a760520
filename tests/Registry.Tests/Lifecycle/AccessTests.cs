using System.Net.Http.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class AccessTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly object Grants = new { capabilities = new[] { "http.fetch" } };

    public static TheoryData<string, string, object?> Routes => new()
    {
        { "POST", "upgrade", null },
        { "POST", "consent", new { version = "2.0.0", grants = Grants } },
        { "POST", "reject", null },
        { "POST", "rollback", null },
        { "PUT", "rollout", new { percent = 5 } },
        { "POST", "promote", null },
        { "POST", "abort", null },
        { "PUT", "config", new { a = 1 } },
        { "PUT", "grants", new { } },
        { "PUT", "policy", new { policy = "minor" } },
        { "POST", "restore", null },
        { "GET", "history", null },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nobody_but_an_admin_of_the_tenant_gets_at_an_install(string method, string verb, object? body)
    {
        var name = await app.InstallNewAsync(policy: "patch");
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        var before = (await app.PostAsync(name, "upgrade", new { version = "2.0.0" })).Is(202);

        (await CallAsync(null)).Is(401, "unauthenticated");
        (await CallAsync(app.User)).Is(403, "forbidden");
        (await CallAsync(app.Developer)).Is(403, "forbidden");
        (await CallAsync(app.OtherAdmin)).Is(404, "extension_not_installed");
        Assert.Equal(before.Text, (await app.ShowAsync(name)).Text);

        Task<RegistryAnswer> CallAsync(string? token) =>
            app.SendAsync(new HttpMethod(method), $"{LifecycleCalls.Path(name)}/{verb}", token, body is null ? null : JsonContent.Create(body));
    }

    [Fact]
    public async Task The_same_extension_lives_on_in_each_tenant_by_itself()
    {
        var name = await app.InstallNewAsync();
        var theirs = (await app.InstallAsync(name, app.OtherAdmin, LifecycleCalls.Body("1.0.0"))).Is(201);
        await Shape.Plain.PublishAsync(app, name, "1.1.0");

        (await app.PostAsync(name, "upgrade")).Is(200);
        (await app.PutAsync(name, "config", new { mine = true })).Is(200);
        (await app.PutAsync(name, "grants", new { })).Is(200);
        (await app.RemoveAsync(name)).Is(204);

        Assert.Equal(theirs.ETag, (await app.ShowAsync(name, app.OtherAdmin)).ETag);
        Assert.Single((await app.GetAsync(LifecycleCalls.Path(name) + "/history", app.OtherAdmin)).Is(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Settings_and_grants_are_set_one_without_the_other()
    {
        var name = await app.InstallNewAsync(Shape.Greedy);

        var configured = (await app.PutAsync(name, "config", new { a = 1 })).Is(200);
        Assert.Equal(["storage.kv"], configured.Json.Texts("grants", "capabilities"));
        var granted = (await app.PutAsync(name, "grants", new { capabilities = new[] { "http.fetch", "http.fetch" }, egress = new[] { "api.example.com" } })).Is(200);

        Assert.Equal(["http.fetch"], granted.Json.Texts("grants", "capabilities"));
        Assert.Equal(["storage.kv"], granted.Json.Texts("missing", "capabilities"));
        Assert.Equal(["http.fetch", "storage.kv"], granted.Json.Texts("requested", "capabilities"));
        Assert.Equal(1, granted.Json.GetProperty("config").GetProperty("a").GetInt32());
        Assert.Equal(granted.Text, (await app.PutAsync(name, "config", new { a = 1 })).Is(200).Text);
    }

    [Theory]
    [InlineData("config", "[]")]
    [InlineData("config", "null")]
    [InlineData("config", """{ "a": 1, "a": 2 }""")]
    [InlineData("config", "{")]
    [InlineData("grants", """{ "capabilities": ["root"] }""")]
    [InlineData("grants", """{ "capabilities": null }""")]
    [InlineData("grants", """{ "capabilities": ["http.fetch"] }""")]
    [InlineData("grants", """{ "egress": ["*.example.com"] }""")]
    [InlineData("grants", """{ "scopes": [] }""")]
    public async Task Settings_and_grants_that_are_not_right_are_refused(string part, string body)
    {
        var name = await app.InstallNewAsync();

        (await app.SendAsync(HttpMethod.Put, $"{LifecycleCalls.Path(name)}/{part}", app.Admin, new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Is(400, "invalid_request");

        Assert.Equal(1, (await app.ShowAsync(name)).Json.GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task A_history_is_paged_newest_first_with_each_change_once()
    {
        var name = await app.InstallNewAsync();
        for (var minor = 1; minor <= 4; minor++)
        {
            await Shape.Plain.PublishAsync(app, name, $"1.{minor}.0");
            (await app.PostAsync(name, "upgrade")).Is(200);
        }

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await app.GetAsync($"{LifecycleCalls.Path(name)}/history?limit=2&cursor={cursor}", app.Admin)).Is(200).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(change => change.GetProperty("to").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(["1.4.0", "1.3.0", "1.2.0", "1.1.0", "1.0.0"], seen);
        foreach (var query in new[] { "limit=0", "limit=201", "cursor=x", "cursor=-1" }) (await app.GetAsync($"{LifecycleCalls.Path(name)}/history?{query}", app.Admin)).Is(400, "invalid_request");
    }
}
