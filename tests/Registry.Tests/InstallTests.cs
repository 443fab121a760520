using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Tests;

public sealed class InstallTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task An_admin_installs_reads_and_removes_an_extension()
    {
        var bundle = await app.PublishNewAsync();
        var body = new { version = "1.0.0", grants = new { capabilities = new[] { "storage.kv" }, egress = new[] { "api.example.com" } }, config = new { greeting = "Hi" } };

        var installed = (await app.InstallAsync(bundle.Name, app.Admin, body)).Is(201);
        var read = (await app.GetAsync(Path(bundle), app.Admin)).Is(200);

        Assert.Equal(installed.Text, read.Text);
        Assert.Equal(installed.ETag, read.ETag);
        Assert.Equal("enabled", read.Json.GetProperty("status").GetString());
        Assert.Equal("Hi", read.Json.GetProperty("config").GetProperty("greeting").GetString());
        Assert.Equal(bundle.Contents.Hash.ToString(), read.Json.GetProperty("contentHash").GetString());
        (await app.SendAsync(HttpMethod.Delete, Path(bundle), app.Admin)).Is(204);
        (await app.GetAsync(Path(bundle), app.Admin)).Is(404, "extension_not_installed");
        (await app.SendAsync(HttpMethod.Delete, Path(bundle), app.Admin)).Is(404, "extension_not_installed");
    }

    [Fact]
    public async Task What_is_not_granted_is_not_there()
    {
        var bundle = await app.PublishNewAsync();

        var installed = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201).Json;

        Assert.Empty(installed.GetProperty("grants").GetProperty("capabilities").EnumerateArray());
        Assert.Empty(installed.GetProperty("grants").GetProperty("egress").EnumerateArray());
        Assert.Equal("{}", installed.GetProperty("config").GetRawText());
    }

    [Fact]
    public async Task A_change_keeps_the_install_grows_the_revision_and_the_same_again_changes_nothing()
    {
        var bundle = await app.PublishNewAsync();
        await app.PublishNewAsync("1.1.0", name: bundle.Name);
        var first = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201).Json;

        var second = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.1.0" })).Is(200);
        var same = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.1.0" })).Is(200);

        Assert.Equal(first.GetProperty("installId").GetGuid(), second.Json.GetProperty("installId").GetGuid());
        Assert.Equal("1.1.0", second.Json.GetProperty("version").GetString());
        Assert.Equal(2, second.Json.GetProperty("revision").GetInt64());
        Assert.Equal(second.Text, same.Text);
    }

    [Fact]
    public async Task Disabling_and_enabling_keep_everything_else()
    {
        var bundle = await app.PublishNewAsync();
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { a = 1 } });

        var disabled = (await app.SendAsync(HttpMethod.Post, Path(bundle) + "/disable", app.Admin)).Is(200).Json;
        var again = (await app.SendAsync(HttpMethod.Post, Path(bundle) + "/disable", app.Admin)).Is(200).Json;
        var changed = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { a = 2 } })).Is(200).Json;
        var enabled = (await app.SendAsync(HttpMethod.Post, Path(bundle) + "/enable", app.Admin)).Is(200).Json;

        Assert.Equal(("disabled", 2), (disabled.GetProperty("status").GetString(), disabled.GetProperty("revision").GetInt64()));
        Assert.Equal(2, again.GetProperty("revision").GetInt64());
        Assert.Equal("disabled", changed.GetProperty("status").GetString());
        Assert.Equal(("enabled", 4), (enabled.GetProperty("status").GetString(), enabled.GetProperty("revision").GetInt64()));
        Assert.Equal(2, enabled.GetProperty("config").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Of_two_admins_who_saw_the_same_state_the_second_is_told()
    {
        var bundle = await app.PublishNewAsync();
        var seen = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).ETag!;

        var first = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { by = "first" } }, seen)).Is(200);
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { by = "second" } }, seen)).Is(412, "precondition_failed");
        (await app.SendAsync(HttpMethod.Delete, Path(bundle), app.Admin, ifMatch: seen)).Is(412, "precondition_failed");
        (await app.SendAsync(HttpMethod.Post, Path(bundle) + "/disable", app.Admin, ifMatch: seen)).Is(412, "precondition_failed");

        Assert.Equal(first.Text, (await app.GetAsync(Path(bundle), app.Admin)).Text);
    }

    [Fact]
    public async Task A_tag_of_a_removed_install_does_not_fit_its_successor()
    {
        var bundle = await app.PublishNewAsync();
        var old = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).ETag!;
        await app.SendAsync(HttpMethod.Delete, Path(bundle), app.Admin);
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" }, old)).Is(412, "precondition_failed");
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" });

        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { a = 1 } }, old)).Is(412, "precondition_failed");
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" }, "not a tag")).Is(400, "invalid_request");
    }

    [Fact]
    public async Task Admins_at_once_make_one_install_and_lose_no_change()
    {
        var bundle = await app.PublishNewAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { number } })));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 201 || answer.Code == "conflict", answer.Text));
        var revision = (await app.GetAsync(Path(bundle), app.Admin)).Json.GetProperty("revision").GetInt64();
        Assert.Equal(answers.Count(answer => answer.Code is null), revision);
    }

    [Theory]
    [InlineData("""{ "version": "9.9.9" }""", 404, "not_found", "9.9.9")]
    [InlineData("""{ "version": "\u0000" }""", 404, "not_found", "")]
    [InlineData("""{ "version": "1.0.0", "grants": { "capabilities": ["root"] } }""", 400, "invalid_request", "root")]
    [InlineData("""{ "version": "1.0.0", "grants": { "capabilities": ["secrets.get"] } }""", 400, "invalid_request", "secrets.get")]
    [InlineData("""{ "version": "1.0.0", "grants": { "egress": ["evil.example.com"] } }""", 400, "invalid_request", "evil.example.com")]
    [InlineData("""{ "version": "1.0.0", "config": [] }""", 400, "invalid_request", "JSON object")]
    [InlineData("""{ "version": "1.0.0", "config": "text" }""", 400, "invalid_request", "JSON object")]
    [InlineData("""{ "version": "1.0.0", "config": { "greeting": 5 } }""", 400, "invalid_request", "greeting")]
    [InlineData("""{ "version": "1.0.0", "tenantId": "01936b2e-0000-7000-8000-0000000910be" }""", 400, "invalid_request", "")]
    [InlineData("""{ "version": "1.0.0", "version": "1.0.0" }""", 400, "invalid_request", "")]
    [InlineData("""{ "version": null }""", 400, "invalid_request", "")]
    [InlineData("{}", 400, "invalid_request", "")]
    [InlineData("null", 400, "invalid_request", "")]
    [InlineData("{", 400, "invalid_request", "")]
    public async Task A_request_that_is_not_right_is_refused_and_installs_nothing(string body, int status, string code, string detail)
    {
        var bundle = await app.PublishNewAsync(extra: """, "config": { "type": "object", "properties": { "greeting": { "type": "string" } } }""");

        var answer = (await app.SendAsync(HttpMethod.Put, Path(bundle), app.Admin, Json(body))).Is(status, code);

        Assert.Contains(detail, answer.Detail, StringComparison.Ordinal);
        (await app.GetAsync(Path(bundle), app.Admin)).Is(404, "extension_not_installed");
    }

    [Fact]
    public async Task Settings_are_taken_up_to_their_cap_and_refused_above_it()
    {
        var bundle = await app.PublishNewAsync();
        var fits = "{\"a\":\"" + new string('x', (64 * 1024) - 8) + "\"}";

        (await app.SendAsync(HttpMethod.Put, Path(bundle), app.Admin, Json($$"""{ "version": "1.0.0", "config": {{fits}} }"""))).Is(201);
        (await app.SendAsync(HttpMethod.Put, Path(bundle), app.Admin, Json($$"""{ "version": "1.0.0", "config": {{fits.Replace("{\"a", "{\"aa")}} }"""))).Is(400, "invalid_request");
        (await app.SendAsync(HttpMethod.Put, Path(bundle), app.Admin, Json(new string(' ', (128 * 1024) + 1)))).Is(413, "body_too_large");
    }

    [Fact]
    public async Task A_pattern_that_would_take_for_ever_is_matched_at_once()
    {
        var bundle = await app.PublishNewAsync(extra: """, "config": { "type": "object", "properties": { "a": { "type": "string", "pattern": "^(a+)+$" } } }""");

        var answer = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { a = new string('a', 40) + "!" } })).Is(400, "invalid_request");

        Assert.Contains("PatternMismatch", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_leaves_one_audit_entry_with_before_and_after()
    {
        var bundle = await app.PublishNewAsync();
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" });
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", config = new { a = 1 } });
        await app.SendAsync(HttpMethod.Post, Path(bundle) + "/disable", app.Admin);
        await app.SendAsync(HttpMethod.Post, Path(bundle) + "/enable", app.Admin);
        var removed = await app.SendAsync(HttpMethod.Delete, Path(bundle), app.Admin);

        await using var owner = await app.OpenOwnerAsync();
        var entries = (await owner.QueryAsync<(Guid Tenant, string Actor, string Action, Guid Request, string? Before, string? After)>(
            "select tenant_id, actor, action, request_id, before, after from audit_log where target = @Name order by audit_id", new { bundle.Name })).ToList();

        var ofInstall = entries.Where(entry => entry.Action.StartsWith("install.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["install.create", "install.update", "install.disable", "install.enable", "install.remove"], ofInstall.Select(entry => entry.Action));
        Assert.All(ofInstall, entry => Assert.Equal(RegistryApp.Acme, entry.Tenant));
        Assert.All(ofInstall, entry => Assert.EndsWith("#ada", entry.Actor, StringComparison.Ordinal));
        Assert.Null(ofInstall[0].Before);
        Assert.Equal(1, JsonElement.Parse(ofInstall[1].After!).GetProperty("config").GetProperty("a").GetInt32());
        Assert.Equal("uninstalled", JsonElement.Parse(ofInstall[4].After!).GetProperty("status").GetString());
        Assert.Equal(removed.RequestId, ofInstall[4].Request.ToString());
    }

    [Fact]
    public async Task Gateways_and_runners_are_told_of_a_change()
    {
        var bundle = await app.PublishNewAsync();
        await using var listener = new NpgsqlConnection(app.Database.Runner);
        await listener.OpenAsync();
        var heard = new List<(string Channel, string Payload)>();
        listener.Notification += (_, notice) => heard.Add((notice.Channel, notice.Payload));
        await listener.ExecuteAsync("listen extension_installed; listen install_changed");

        var install = (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201).Json;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Told(bundle.Contents.Hash.ToString()) || !Told($"{RegistryApp.Acme} {bundle.Name} {install.GetProperty("installId").GetGuid()}")) await listener.WaitAsync(patience.Token);

        await using var owner = await app.OpenOwnerAsync();
        Assert.NotNull(await owner.ExecuteScalarAsync<DateTime?>("select last_installed_at from extension_bundle where content_hash = @hash", new { hash = bundle.Contents.Hash.ToString() }));

        bool Told(string payload) => heard.Exists(notice => notice.Payload == payload);
    }

    private static string Path(TestBundle bundle) => $"/api/tenant/installs/{bundle.Name}";

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
