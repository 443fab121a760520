using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Withdraw;

public sealed class YankTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_yanked_version_is_refused_to_new_installs_and_goes_on_where_it_is()
    {
        var bundle = await app.PublishNewAsync();
        var mine = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201);

        var yanked = (await YankAsync(bundle, "Loses data.")).Is(200).Json;

        Assert.Equal("Loses data.", yanked.GetProperty("yanked").GetProperty("reason").GetString());
        var refused = (await app.InstallAsync(bundle.Name, app.OtherAdmin, new { version = "1.0.0" })).Is(409, "version_yanked");
        Assert.Contains("Loses data.", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(mine.Text, (await app.GetAsync($"/api/tenant/installs/{bundle.Name}", app.Admin)).Is(200).Text);
        // Who has it may change its settings, and leave for another version, but not come back.
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { a = 1 } })).Is(200);
        await app.PublishNewAsync("1.0.1", name: bundle.Name);
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.1" })).Is(200);
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(409, "version_yanked");
    }

    [Fact]
    public async Task A_yanked_version_stays_listed_as_yanked_and_is_not_the_latest()
    {
        var name = app.NewName();
        await app.PublishNewAsync("1.0.0", name: name);
        var bundle = await app.PublishNewAsync("1.1.0", name: name);

        (await YankAsync(bundle, "Broken.")).Is(200);

        Assert.Equal("1.0.0", (await DetailsAsync(name)).GetProperty("latestVersion").GetString());
        var versions = (await app.GetAsync($"/api/registry/extensions/{name}/versions", app.User)).Is(200).Json.GetProperty("items");
        Assert.Equal("1.1.0", versions[0].GetProperty("version").GetString());
        Assert.Equal("Broken.", versions[0].GetProperty("yanked").GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, versions[1].GetProperty("yanked").ValueKind);
        Assert.Equal("Broken.", (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.1.0", app.User)).Is(200).Json.GetProperty("yanked").GetProperty("reason").GetString());
        (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.1.0/signature", app.User)).Is(200);
    }

    [Fact]
    public async Task When_every_version_is_yanked_there_is_no_latest()
    {
        var bundle = await app.PublishNewAsync();

        (await YankAsync(bundle, "Broken.")).Is(200);

        Assert.Equal(JsonValueKind.Null, (await DetailsAsync(bundle.Name)).GetProperty("latestVersion").ValueKind);
        (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/latest", app.User)).Is(404, "not_found");
    }

    [Fact]
    public async Task A_yanked_version_can_be_brought_back()
    {
        var bundle = await app.PublishNewAsync();
        await YankAsync(bundle, "A mistake.");

        var back = (await UnyankAsync(bundle, app.Developer)).Is(200).Json;

        Assert.Equal(JsonValueKind.Null, back.GetProperty("yanked").ValueKind);
        Assert.Equal("1.0.0", (await DetailsAsync(bundle.Name)).GetProperty("latestVersion").GetString());
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201);
    }

    [Fact]
    public async Task A_yanked_version_can_never_be_published_anew()
    {
        var bundle = await app.PublishNewAsync();
        await YankAsync(bundle, "Broken.");
        var other = await TestBundle.PackAsync(bundle.Name, bundle.Version, extra: """, "assets": ["ui/**"]""");

        (await app.PublishAsync(other, other.Sign(app.Key), app.Developer)).Is(409, "version_exists");
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(200);

        Assert.Equal("Broken.", (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/1.0.0", app.User)).Json.GetProperty("yanked").GetProperty("reason").GetString());
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(409, "version_yanked");
    }

    [Fact]
    public async Task Doing_it_twice_changes_nothing_and_is_one_audit_entry()
    {
        var bundle = await app.PublishNewAsync();

        var first = (await YankAsync(bundle, "Broken.")).Is(200);
        var second = (await YankAsync(bundle, "Broken.")).Is(200);
        (await UnyankAsync(bundle, app.Developer)).Is(200);
        (await UnyankAsync(bundle, app.Developer)).Is(200);

        Assert.Equal(first.Text, second.Text);
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(
            ["version.yank", "version.unyank"],
            await owner.QueryAsync<string>("select action from audit_log where target = @target and action like '%yank' order by audit_id", new { target = $"{bundle.Name}@1.0.0" }));
    }

    [Fact]
    public async Task What_an_operator_yanked_only_an_operator_brings_back()
    {
        var bundle = await app.PublishNewAsync();
        await YankAsync(bundle, "Mine.");
        var yanked = (await YankAsync(bundle, "Malware.", app.Operator)).Is(200).Json.GetProperty("yanked");

        Assert.True(yanked.GetProperty("byOperator").GetBoolean());
        Assert.Contains("operator", (await UnyankAsync(bundle, app.Developer)).Is(403, "forbidden").Detail, StringComparison.Ordinal);
        (await YankAsync(bundle, "Only a typing error.")).Is(403, "forbidden");
        Assert.Equal("Malware.", (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/1.0.0", app.User)).Json.GetProperty("yanked").GetProperty("reason").GetString());
        (await UnyankAsync(bundle, app.Operator)).Is(200);
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201);
    }

    [Fact]
    public async Task A_foreign_version_and_one_that_is_not_there_are_not_found_in_the_same_words()
    {
        var bundle = await app.PublishNewAsync();

        var foreign = (await YankAsync(bundle, "Envy.", app.OtherDeveloper)).Is(404, "not_found");
        var absent = (await app.SendAsync(HttpMethod.Post, "/api/registry/extensions/com.acme.absent/versions/1.0.0/yank", app.OtherDeveloper, Reason("Envy."))).Is(404, "not_found");

        Assert.Equal(foreign.Detail.Replace(bundle.Name, "com.acme.absent", StringComparison.Ordinal), absent.Detail);
        (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{bundle.Name}/versions/9.9.9/yank", app.Developer, Reason("Absent."))).Is(404, "not_found");
        (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{bundle.Name}/versions/%27/yank", app.Developer, Reason("Absent."))).Is(404, "not_found");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "reason": null }""")]
    [InlineData("""{ "reason": "" }""")]
    [InlineData("""{ "reason": "   " }""")]
    [InlineData("""{ "reason": "two\nlines" }""")]
    [InlineData("""{ "reason": "a\u0000b" }""")]
    [InlineData("""{ "reason": "\ud800" }""")]
    [InlineData("""{ "reason": "a", "reason": "b" }""")]
    [InlineData("""{ "reason": "a", "force": true }""")]
    public async Task A_reason_that_is_none_is_refused(string body)
    {
        var bundle = await app.PublishNewAsync();

        (await app.SendAsync(HttpMethod.Post, Path(bundle, "yank"), app.Developer, new StringContent(body, null, "application/json"))).Is(400, "invalid_request");
    }

    [Fact]
    public async Task A_reason_is_taken_up_to_its_cap()
    {
        var bundle = await app.PublishNewAsync();

        (await YankAsync(bundle, new string('é', 500))).Is(200);
        (await YankAsync(bundle, new string('é', 501))).Is(400, "invalid_request");
        (await YankAsync(bundle, new string('é', 20_000))).Is(413, "body_too_large");
    }

    private Task<RegistryAnswer> YankAsync(TestBundle bundle, string reason, string? token = null) =>
        app.SendAsync(HttpMethod.Post, Path(bundle, "yank"), token ?? app.Developer, Reason(reason));

    private Task<RegistryAnswer> UnyankAsync(TestBundle bundle, string token) => app.SendAsync(HttpMethod.Post, Path(bundle, "unyank"), token);

    private async Task<JsonElement> DetailsAsync(string name) => (await app.GetAsync($"/api/registry/extensions/{name}", app.User)).Is(200).Json;

    private static string Path(TestBundle bundle, string verb) => $"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}/{verb}";

    private static JsonContent Reason(string reason) => JsonContent.Create(new { reason });
}
