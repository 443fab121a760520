using System.Net.Http.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests;

public sealed class IsolationTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Another_tenant_neither_sees_nor_changes_an_install()
    {
        var bundle = await app.PublishNewAsync();
        var path = $"/api/tenant/installs/{bundle.Name}";
        var mine = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { owner = "acme" } })).Is(201);

        (await app.GetAsync(path, app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.SendAsync(HttpMethod.Delete, path, app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.SendAsync(HttpMethod.Post, path + "/disable", app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.SendAsync(HttpMethod.Post, path + "/enable", app.OtherAdmin)).Is(404, "extension_not_installed");
        Assert.DoesNotContain(bundle.Name, (await app.GetAsync("/api/tenant/installs?limit=200", app.OtherAdmin)).Is(200).Text, StringComparison.Ordinal);
        var theirs = (await app.InstallAsync(bundle.Name, app.OtherAdmin, new { version = "1.0.0", config = new { owner = "globex" } })).Is(201);

        Assert.NotEqual(mine.Json.GetProperty("installId").GetGuid(), theirs.Json.GetProperty("installId").GetGuid());
        Assert.Equal(mine.Text, (await app.GetAsync(path, app.Admin)).Text);
        (await app.SendAsync(HttpMethod.Delete, path, app.OtherAdmin)).Is(204);
        Assert.Equal(mine.Text, (await app.GetAsync(path, app.Admin)).Text);
    }

    [Fact]
    public async Task A_user_may_look_but_sees_no_settings_and_may_change_nothing()
    {
        var bundle = await app.PublishNewAsync();
        var path = $"/api/tenant/installs/{bundle.Name}";
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { setting = "visible-to-admins" } });

        var read = (await app.GetAsync(path, app.User)).Is(200);
        var list = (await app.GetAsync("/api/tenant/installs?limit=200", app.User)).Is(200);

        Assert.Contains(bundle.Name, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("visible-to-admins", read.Text + list.Text, StringComparison.Ordinal);
        (await app.InstallAsync(bundle.Name, app.User, new { version = "1.0.0" })).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Delete, path, app.User)).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Post, path + "/disable", app.User)).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Post, path + "/enable", app.User)).Is(403, "forbidden");
    }

    [Theory]
    [InlineData("GET", "/api/registry/extensions")]
    [InlineData("POST", "/api/registry/extensions")]
    [InlineData("GET", "/api/registry/extensions/com.acme.reports")]
    [InlineData("GET", "/api/registry/extensions/com.acme.reports/versions/1.0.0")]
    [InlineData("PUT", "/api/registry/extensions/com.acme.reports/versions/1.0.0")]
    [InlineData("POST", "/api/registry/maintenance/collect")]
    [InlineData("GET", "/api/tenant/installs")]
    [InlineData("GET", "/api/tenant/installs/com.acme.reports")]
    [InlineData("PUT", "/api/tenant/installs/com.acme.reports")]
    [InlineData("DELETE", "/api/tenant/installs/com.acme.reports")]
    [InlineData("GET", "/api/tenant/installs/com.acme.reports/secrets")]
    [InlineData("PUT", "/api/tenant/installs/com.acme.reports/secrets/api-key")]
    [InlineData("DELETE", "/api/tenant/installs/com.acme.reports/secrets/api-key")]
    [InlineData("POST", "/api/tenant/installs/com.acme.reports/enable")]
    [InlineData("POST", "/api/tenant/installs/com.acme.reports/disable")]
    [InlineData("GET", "/api/tenant/installs/com.acme.reports/executions")]
    [InlineData("GET", "/api/tenant/installs/com.acme.reports/executions/01936b2e-0000-7000-8000-00000000ac3e")]
    [InlineData("GET", "/api/tenant/installs/com.acme.reports/usage")]
    public async Task Nothing_is_done_for_somebody_without_a_token(string method, string path)
    {
        (await app.SendAsync(new HttpMethod(method), path, null)).Is(401, "unauthenticated");
        (await app.SendAsync(new HttpMethod(method), path, "forged.token.here")).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task A_developer_without_a_tenant_has_no_installs() =>
        (await app.GetAsync("/api/tenant/installs", app.Developer)).Is(403, "forbidden");

    [Fact]
    public async Task The_nil_tenant_is_nobodys_tenant()
    {
        var answer = await app.GetAsync("/api/tenant/installs", app.NilTenantAdmin);

        Assert.True(answer.Code is "forbidden" or "unauthenticated", answer.Text);
    }

    [Fact]
    public async Task Health_needs_no_token() => Assert.Equal("ok", (await app.GetAsync("/api/health", null)).Is(200).Json.GetProperty("status").GetString());

    [Fact]
    public async Task A_name_belongs_to_who_registered_it()
    {
        var name = app.NewName();
        var first = (await app.RegisterAsync(name, app.Developer)).Is(201);

        Assert.Equal(first.Text, (await app.RegisterAsync(name, app.Developer)).Is(200).Text);
        (await app.RegisterAsync(name, app.OtherDeveloper, "globex")).Is(403, "forbidden");
        (await app.RegisterAsync(name, app.OtherDeveloper)).Is(403, "forbidden");
        (await app.RegisterAsync("Not A Name", app.Developer)).Is(400, "invalid_request");
        (await app.RegisterAsync(app.NewName(), app.Developer, "Not A Publisher")).Is(400, "invalid_request");
        var details = (await app.GetAsync($"/api/registry/extensions/{name}", app.User)).Is(200).Json;
        Assert.Equal("acme", details.GetProperty("publisher").GetString());
        Assert.Empty(details.GetProperty("versions").EnumerateArray());
    }

    [Fact]
    public async Task A_control_character_in_a_display_name_is_refused() => (await app.SendAsync(
        HttpMethod.Post, "/api/registry/extensions", app.Developer, JsonContent.Create(new { name = app.NewName(), publisher = "acme", displayName = "a\0b" }))).Is(400, "invalid_request");

    [Fact]
    public async Task A_paged_list_gives_each_extension_exactly_once()
    {
        var names = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            names.Add(app.NewName());
            await app.RegisterAsync(names[^1], app.Developer);
        }

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await app.GetAsync($"/api/registry/extensions?publisher=acme&limit=2&cursor={cursor}", app.User)).Is(200).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(seen.Distinct(), seen);
        Assert.Superset(names.ToHashSet(), seen.ToHashSet());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    [InlineData("cursor=!!")]
    [InlineData("cursor=AAAA")]
    [InlineData("publisher=Not%20one")]
    public async Task A_list_asked_for_wrongly_is_refused(string query) =>
        (await app.GetAsync($"/api/registry/extensions?{query}", app.User)).Is(400, "invalid_request");

    [Theory]
    [InlineData("/api/registry/extensions/Not%20A%20Name")]
    [InlineData("/api/registry/extensions/com.acme.nothing")]
    [InlineData("/api/registry/extensions/com.acme.nothing/versions/1.0.0")]
    public async Task What_is_not_there_is_not_found(string path) => (await app.GetAsync(path, app.User)).Is(404, "not_found");
}
