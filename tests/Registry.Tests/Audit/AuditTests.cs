using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Catalog;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Audit;

public sealed class AuditTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Each_change_of_an_extension_says_who_what_before_and_after()
    {
        var bundle = await app.PublishNewAsync();
        var yank = await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{bundle.Name}/versions/1.0.0/yank", app.Operator, JsonContent.Create(new { reason = "Malware." }));
        await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{bundle.Name}/deprecate", app.Developer, JsonContent.Create(new { message = "First." }));
        await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{bundle.Name}/deprecate", app.Developer, JsonContent.Create(new { message = "Second." }));
        await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{bundle.Name}/undeprecate", app.Developer);

        var entries = (await app.GetAsync($"/api/registry/audit?target={bundle.Name}", app.Developer)).Is(200).Json.GetProperty("items").EnumerateArray().Reverse().ToList();

        Assert.Equal(
            ["extension.register", "version.publish", "version.yank", "extension.deprecate", "extension.deprecate", "extension.undeprecate"],
            entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.EndsWith("#olivia", entries[2].GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{bundle.Name}@1.0.0", entries[2].GetProperty("target").GetString());
        Assert.Equal(yank.RequestId, entries[2].GetProperty("requestId").GetString());
        Assert.Equal(JsonValueKind.Null, entries[2].GetProperty("before").ValueKind);
        Assert.Equal("Malware.", entries[2].GetProperty("after").GetProperty("reason").GetString());
        Assert.Equal("First.", entries[4].GetProperty("before").GetProperty("message").GetString());
        Assert.Equal("Second.", entries[4].GetProperty("after").GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, entries[5].GetProperty("after").ValueKind);
    }

    [Fact]
    public async Task A_publisher_reads_what_concerns_its_names_and_an_operator_reads_all()
    {
        var bundle = await app.PublishNewAsync();
        var theirs = $"com.globex.test{Environment.TickCount64}";
        (await app.RegisterAsync(theirs, app.OtherDeveloper, "globex")).Is(201);
        var both = app.Token("both", null, [], "acme", "globex");

        Assert.Equal([$"{bundle.Name}@1.0.0", bundle.Name], await TargetsAsync(app.Developer, bundle.Name));
        Assert.Empty(await TargetsAsync(app.OtherDeveloper, bundle.Name));
        Assert.Empty(await TargetsAsync(app.Developer, theirs));
        Assert.Equal([theirs], await TargetsAsync(app.OtherDeveloper, theirs));
        Assert.NotEmpty(await TargetsAsync(both, theirs));
        Assert.NotEmpty(await TargetsAsync(both, bundle.Name));
        Assert.NotEmpty(await TargetsAsync(app.Operator, theirs));
        Assert.NotEmpty(await TargetsAsync(app.Operator, bundle.Name));
        Assert.DoesNotContain(bundle.Name, await app.WalkAsync("/api/registry/audit?limit=200", app.OtherDeveloper, "target"));
    }

    [Fact]
    public async Task A_tenants_admin_reads_the_changes_of_the_tenant_and_of_no_other()
    {
        var bundle = await app.PublishNewAsync();
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { color = "of acme" } });
        await app.InstallAsync(bundle.Name, app.OtherAdmin, new { version = "1.0.0", config = new { color = "of globex" } });
        await app.SendAsync(HttpMethod.Post, $"/api/tenant/installs/{bundle.Name}/disable", app.Admin);
        var path = $"/api/tenant/audit?target={bundle.Name}";

        var mine = (await app.GetAsync(path, app.Admin)).Is(200);
        var theirs = (await app.GetAsync(path, app.OtherAdmin)).Is(200);

        Assert.Equal(["install.disable", "install.create"], mine.Json.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));
        Assert.Contains("of acme", mine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("of globex", mine.Text, StringComparison.Ordinal);
        Assert.Single(theirs.Json.GetProperty("items").EnumerateArray());
        Assert.DoesNotContain("of acme", theirs.Text, StringComparison.Ordinal);
        (await app.GetAsync(path, app.User)).Is(403, "forbidden");
        Assert.DoesNotContain("install.", string.Join(' ', await app.WalkAsync("/api/registry/audit?limit=200", app.Operator, "action")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_reads_a_tenants_log_and_nobody_else_does()
    {
        var bundle = await app.PublishNewAsync();
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" });
        var path = $"/api/registry/audit?tenant={RegistryApp.Acme}&target={bundle.Name}";

        Assert.Single((await app.GetAsync(path, app.Operator)).Is(200).Json.GetProperty("items").EnumerateArray());
        (await app.GetAsync(path, app.Developer)).Is(403, "forbidden");
        (await app.GetAsync(path, app.Admin)).Is(403, "forbidden");
        (await app.GetAsync($"/api/registry/audit?tenant={Guid.Empty}", app.Operator)).Is(400, "invalid_request");
        (await app.GetAsync("/api/registry/audit?tenant=acme", app.Operator)).Is(400, "invalid_request");
    }

    [Fact]
    public async Task The_log_is_filtered_by_target_version_and_action()
    {
        var name = app.NewName();
        await app.PublishNewAsync("1.0.0", name: name);
        await app.PublishNewAsync("1.1.0", name: name);
        await app.RegisterAsync(name + "-more", app.Developer);

        Assert.Equal([$"{name}@1.1.0", $"{name}@1.0.0", name], await TargetsAsync(app.Developer, name));
        Assert.Equal([$"{name}@1.1.0"], await TargetsAsync(app.Developer, name + "@1.1.0"));
        Assert.Equal([$"{name}@1.1.0", $"{name}@1.0.0"], await TargetsAsync(app.Developer, name, "version.publish"));
        Assert.Equal([$"{name}@1.1.0", $"{name}@1.0.0"], await TargetsAsync(app.Developer, name, "version"));
        Assert.Empty(await TargetsAsync(app.Developer, name, "version.pub"));
        Assert.Empty(await TargetsAsync(app.Developer, name[..^1] + "%"));
    }

    [Fact]
    public async Task While_others_change_things_each_entry_is_listed_exactly_once()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        async Task ChangeAsync() =>
            (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{name}/deprecate", app.Developer, JsonContent.Create(new { message = Guid.CreateVersion7().ToString() }))).Is(200);
        for (var number = 0; number < 10; number++) await ChangeAsync();
        var before = await app.WalkAsync($"/api/registry/audit?target={name}&limit=200", app.Developer, "id");

        var seen = await app.WalkAsync($"/api/registry/audit?target={name}&limit=3", app.Developer, "id", ChangeAsync);

        Assert.Equal(11, before.Count);
        Assert.Equal(before, seen);
    }

    [Theory]
    [InlineData("cursor=AAAA")]
    [InlineData("limit=1000")]
    [InlineData("target=a%00b")]
    [InlineData("action=%07")]
    public async Task A_log_asked_for_wrongly_is_refused(string query)
    {
        (await app.GetAsync($"/api/registry/audit?{query}", app.Operator)).Is(400, "invalid_request");
        (await app.GetAsync($"/api/tenant/audit?{query}", app.Admin)).Is(400, "invalid_request");
    }

    private Task<IReadOnlyList<string>> TargetsAsync(string token, string target, string action = "") =>
        app.WalkAsync($"/api/registry/audit?limit=200&target={Uri.EscapeDataString(target)}&action={action}", token, "target");
}
