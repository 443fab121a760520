using System.Net.Http.Json;
using System.Text;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Tests.Lifecycle;
using Alga.Extensions.Secrets;
using Dapper;

namespace Alga.Extensions.Registry.Tests;

public sealed class SecretTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const string Canary = "canary-5f1c";
    private const string Declared =
        """
        , "secrets": [{ "name": "api-key", "description": "Key of the API", "required": true, "maxAgeDays": 90 }, { "name": "other", "description": "Another" }]
        """;

    [Fact]
    public async Task A_value_goes_in_sealed_and_never_comes_out()
    {
        var path = await InstallAsync();

        var stored = (await PutAsync(path, "api-key", Canary)).Is(201);
        var again = (await PutAsync(path, "api-key", Canary + "2")).Is(200);
        var listed = (await app.GetAsync(path, app.Admin)).Is(200);

        Assert.Equal((1, 2), (stored.Json.GetProperty("version").GetInt32(), again.Json.GetProperty("version").GetInt32()));
        var items = listed.Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["api-key", "other"], items.Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(["valid", "missing"], items.Select(item => item.GetProperty("state").GetString()));
        Assert.True(items[0].GetProperty("required").GetBoolean());
        Assert.Equal(90, (items[0].GetProperty("refusedFrom").GetDateTime() - items[0].GetProperty("createdAt").GetDateTime()).TotalDays);
        Assert.DoesNotContain("canary", stored.Text + again.Text + listed.Text, StringComparison.Ordinal);
        await AssertNowhereAsync("canary");
    }

    [Fact]
    public async Task What_is_stored_opens_with_the_tenants_key_for_this_install_and_name_alone()
    {
        var path = await InstallAsync();
        await PutAsync(path, "api-key", Canary, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var owner = await app.OpenOwnerAsync();
        var row = await owner.QuerySingleAsync<(Guid Install, long Version, byte[] Sealed, DateTime Created, DateTime Expires)>(
            "select install_id, version, sealed_value, created_at, expires_at from tenant_extension_install_secret where tenant_id = @Acme order by created_at desc, install_id desc limit 1", new { RegistryApp.Acme });
        var binding = new SecretBinding(RegistryApp.Acme, row.Install, "api-key", row.Version, row.Created, row.Expires);
        var key = app.Vault.Bytes($"alga-tenant-key-{RegistryApp.Acme:N}");

        Assert.Equal(Canary, SecretSeal.Open(key, binding, row.Sealed));
        Assert.Null(SecretSeal.Open(key, binding with { Name = "other" }, row.Sealed));
        Assert.Null(SecretSeal.Open(key, binding with { InstallId = RegistryApp.Globex }, row.Sealed));
    }

    [Fact]
    public async Task The_registry_itself_cannot_read_a_value()
    {
        await using var connection = new Npgsql.NpgsqlConnection(app.Database.Registry);
        await connection.OpenAsync();
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.QueryAsync("select sealed_value from tenant_extension_install_secret"));
        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_change_of_the_install_and_its_removal_drop_no_secret_and_its_purge_drops_all()
    {
        var bundle = await PublishAsync();
        await app.InstallAsync(bundle.Name, app.Admin, Install);
        var path = $"/api/tenant/installs/{bundle.Name}/secrets";
        await PutAsync(path, "api-key", Canary);
        await PutAsync(path, "other", Canary);
        await PutAsync(path, "api-key", "new");
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0", grants = new { capabilities = Array.Empty<string>() } })).Is(200);
        Assert.Equal(["valid", "valid"], await StatesAsync(path));

        (await app.RemoveAsync(bundle.Name)).Is(204);
        (await app.SendAsync(HttpMethod.Get, path, app.Admin)).Is(404, "extension_not_installed");
        await app.InstallAsync(bundle.Name, app.Admin, Install);
        Assert.Equal(["valid", "valid"], await StatesAsync(path));

        (await app.RemoveAsync(bundle.Name)).Is(204);
        await app.AgeAsync(bundle.Name, RegistryApp.Acme);
        await app.InstallAsync(bundle.Name, app.Admin, Install);
        Assert.Equal(["missing", "missing"], await StatesAsync(path));
    }

    [Fact]
    public async Task A_deleted_value_is_gone_and_the_others_stay()
    {
        var path = await InstallAsync();
        await PutAsync(path, "api-key", Canary);
        await PutAsync(path, "other", Canary);
        (await app.SendAsync(HttpMethod.Delete, path + "/api-key", app.Admin)).Is(204);
        Assert.Equal(["missing", "valid"], await StatesAsync(path));
        (await app.SendAsync(HttpMethod.Delete, path + "/api-key", app.Admin)).Is(204);
    }

    [Fact]
    public async Task Each_change_is_in_the_audit_log_with_dates_and_without_a_value()
    {
        var path = await InstallAsync();
        await PutAsync(path, "api-key", Canary);
        await PutAsync(path, "api-key", Canary);
        await app.SendAsync(HttpMethod.Delete, path + "/api-key", app.Admin);
        await using var owner = await app.OpenOwnerAsync();
        var entries = (await owner.QueryAsync<(string Action, string Before, string After)>(
            "select action, before::text, after::text from audit_log where target = @target and action like 'secret.%' order by at, audit_id", new { target = path.Split('/')[4] })).ToList();
        Assert.Equal(["secret.set", "secret.set", "secret.delete"], entries.Select(entry => entry.Action));
        Assert.Contains("\"name\":\"api-key\",\"version\":1", entries[1].Before, StringComparison.Ordinal);
        Assert.Contains("\"version\":2", entries[1].After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"value":""}""", "1 to 24576 bytes")]
    [InlineData("""{"value":"x","expiresAt":"2020-01-01T00:00:00Z"}""", "in the past")]
    [InlineData("""{"value":"x","other":1}""", "not the JSON")]
    [InlineData("""{"value":"canary-5f1c","value":"y"}""", "not the JSON")]
    [InlineData("""{"value":null}""", "not the JSON")]
    [InlineData("""{"expiresAt":null}""", "not the JSON")]
    public async Task A_request_that_is_wrong_is_refused_and_not_repeated(string body, string reason)
    {
        var path = await InstallAsync();
        var answer = (await app.SendAsync(HttpMethod.Put, path + "/api-key", app.Admin, new StringContent(body, Encoding.UTF8, "application/json"))).Is(400, "invalid_request");
        Assert.Contains(reason, answer.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_at_its_cap_is_taken_and_one_byte_more_is_not()
    {
        var path = await InstallAsync();
        (await PutAsync(path, "api-key", new string('a', 24 * 1024))).Is(201);
        (await PutAsync(path, "api-key", new string('a', (24 * 1024) + 1))).Is(400, "invalid_request");
    }

    [Theory]
    [InlineData("undeclared")]
    [InlineData("API-KEY")]
    [InlineData("api-key%20")]
    public async Task A_secret_that_the_version_does_not_declare_is_refused_with_those_that_it_does(string name)
    {
        var path = await InstallAsync();
        Assert.Contains("api-key, other", (await PutAsync(path, name, Canary)).Is(400, "invalid_request").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_vault_is_down_nothing_is_stored_in_any_other_way()
    {
        var path = await InstallAsync(app.OtherAdmin);
        app.Vault.IsDown = true;
        try
        {
            (await PutAsync(path, "api-key", Canary, token: app.OtherAdmin)).Is(503, "overloaded");
        }
        finally
        {
            app.Vault.IsDown = false;
        }

        await AssertNowhereAsync("canary");
    }

    [Fact]
    public async Task Only_an_admin_of_the_tenant_has_to_do_with_secrets()
    {
        var path = await InstallAsync();
        await PutAsync(path, "api-key", Canary);
        (await app.GetAsync(path, app.User)).Is(403, "forbidden");
        (await PutAsync(path, "api-key", Canary, token: app.User)).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Delete, path + "/api-key", app.User)).Is(403, "forbidden");
        (await app.GetAsync(path, app.OtherAdmin)).Is(404, "extension_not_installed");
        (await PutAsync(path, "api-key", Canary, token: app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.SendAsync(HttpMethod.Delete, path + "/api-key", app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.GetAsync(path, null)).Is(401, "unauthenticated");
        (await PutAsync(path, "api-key", Canary, token: "")).Is(401, "unauthenticated");
        Assert.Equal(["valid", "missing"], await StatesAsync(path));
    }

    private static object Install => new { version = "1.0.0", grants = new { capabilities = new[] { "secrets.get" } } };

    private async Task<TestBundle> PublishAsync()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var manifest = TestBundle.Manifest(name, "1.0.0", "acme", Declared).Replace("\"http.fetch\"]", "\"http.fetch\", \"secrets.get\"]", StringComparison.Ordinal);
        var bundle = await TestBundle.PackFilesAsync(
            name, "1.0.0", "acme", ("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(manifest)));
        var envelope = TestBundle.Sign(app.Key, bundle.Statement with { Capabilities = ["storage.kv", "http.fetch", "secrets.get"] });
        (await app.PublishAsync(bundle, envelope, app.Developer)).Is(201);
        return bundle;
    }

    /// <summary>Publishes and installs an extension; gives the path of its secrets.</summary>
    private async Task<string> InstallAsync(string? token = null)
    {
        var bundle = await PublishAsync();
        (await app.InstallAsync(bundle.Name, token ?? app.Admin, Install)).Is(201);
        return $"/api/tenant/installs/{bundle.Name}/secrets";
    }

    private Task<RegistryAnswer> PutAsync(string path, string name, string value, DateTimeOffset? expiresAt = null, string? token = null) =>
        app.SendAsync(HttpMethod.Put, $"{path}/{name}", token ?? app.Admin, expiresAt is null ? JsonContent.Create(new { value }) : JsonContent.Create(new { value, expiresAt }));

    private async Task<IEnumerable<string?>> StatesAsync(string path) =>
        (await app.GetAsync(path, app.Admin)).Is(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString());

    /// <summary>Looks for a text in every column of every table.</summary>
    private async Task AssertNowhereAsync(string text)
    {
        await using var owner = await app.OpenOwnerAsync();
        var tables = await owner.QueryAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'");
        foreach (var table in tables)
        {
            Assert.Equal(0, await owner.ExecuteScalarAsync<long>($"select count(*) from {table} t where strpos(t::text, @text) > 0 or strpos(t::text, @hex) > 0", new { text, hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) }));
        }
    }
}
