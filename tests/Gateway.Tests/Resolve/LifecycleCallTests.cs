using System.Net;
using System.Text;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Resolve;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Resolve;

/// <summary>What calls get while an install is upgraded, rolled out, uninstalled and restored.</summary>
public sealed class LifecycleCallTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Extension = "com.acme.lifecycle";
    private static readonly string OldHash = "sha256:" + new string('b', 64);
    private static readonly string NewHash = "sha256:" + new string('c', 64);
    private static readonly Guid OldVersion = Guid.CreateVersion7();
    private static readonly Guid NewVersion = Guid.CreateVersion7();

    public async Task InitializeAsync()
    {
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Body = Encoding.UTF8.GetBytes("ok"), Usage = new ExecuteUsage() }));
        await ExecuteAsync(
            """
            insert into extension_registry (extension_id, publisher_id, display_name, created_at) values (@Extension, 'com.acme', 'Test', now()) on conflict do nothing;
            insert into extension_bundle (content_hash, size_bytes, created_at) values (@OldHash, 1, now()), (@NewHash, 1, now()) on conflict do nothing;
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              values (@OldVersion, @Extension, '1.0.0', @OldHash, @oldManifest::json, 'test', now()),
                     (@NewVersion, @Extension, '1.1.0', @NewHash, @newManifest::json, 'test', now())
              on conflict do nothing;
            insert into tenant_extension_install
              (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
              values (@Acme, '01936b2e-0000-7000-8000-00000000011f', @Extension, @OldVersion, 'enabled', array['metrics.emit', 'storage.kv'], '{}', 'test', now(), now())
              on conflict do nothing;
            """,
            new { oldManifest = Manifest("1.0.0", "\"storage.kv\"", ""), newManifest = Manifest("1.1.0", "\"storage.kv\", \"metrics.emit\", \"http.fetch\"", ", { \"method\": \"GET\", \"path\": \"/new\" }") });
    }

    public Task DisposeAsync() => ExecuteAsync(
        "delete from tenant_extension_install where extension_id = @Extension and tenant_id = @Acme", new { });

    [Fact]
    public async Task While_an_upgrade_waits_calls_go_to_the_old_version()
    {
        await SetAsync("pending_version_id = @NewVersion, pending_since = now(), pending_by = 'test'");

        Assert.Equal((HttpStatusCode.OK, OldHash), await CallAsync("ada"));
        Assert.Equal(["cap:storage.kv"], host.Runner.Last!.Providers);

        await SetAsync("version_id = @NewVersion, pending_version_id = null, pending_since = null, pending_by = null");
        Assert.Equal((HttpStatusCode.OK, NewHash), await CallAsync("ada"));
    }

    [Fact]
    public async Task A_share_of_the_users_gets_the_candidate_each_always_the_same()
    {
        await SetAsync("candidate_version_id = @NewVersion, candidate_percent = 30");
        var users = Enumerable.Range(0, 50).Select(index => $"user-{index}").ToList();

        var first = await AssignedAsync(users);
        var second = await AssignedAsync(users);

        Assert.Equal(first, second);
        Assert.InRange(first.Count(hash => hash == NewHash), 5, 25);
        await SetAsync("candidate_percent = 60");
        var wider = await AssignedAsync(users);
        Assert.All(users.Index(), user => Assert.True(first[user.Index] == OldHash || wider[user.Index] == NewHash));
        Assert.InRange(wider.Count(hash => hash == NewHash), 20, 40);
    }

    [Fact]
    public async Task Each_version_has_its_own_endpoints_and_uses_only_what_it_asks_for_and_was_granted()
    {
        await SetAsync("candidate_version_id = @NewVersion, candidate_percent = 100");
        Assert.Equal((HttpStatusCode.OK, NewHash), await CallAsync("ada", "/new"));
        Assert.Equal(["cap:metrics.emit", "cap:storage.kv"], host.Runner.Last!.Providers.Order(StringComparer.Ordinal));
        Assert.Equal((NewVersion, "1.1.0"), (host.Runner.Last.Context.VersionId, host.Runner.Last.Context.Version));

        await SetAsync("candidate_percent = 0");
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync("ada", "/new")).Status);
        Assert.Equal((HttpStatusCode.OK, OldHash), await CallAsync("ada"));
        Assert.Equal(["cap:storage.kv"], host.Runner.Last.Providers);
        Assert.Equal((OldVersion, "1.0.0"), (host.Runner.Last.Context.VersionId, host.Runner.Last.Context.Version));
    }

    [Fact]
    public async Task An_uninstalled_extension_is_not_there_and_a_restored_one_is()
    {
        await SetAsync("status = 'uninstalled', status_before = 'enabled', uninstalled_at = now(), purge_after = now() + interval '30 days'");
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync("ada")).Status);

        await SetAsync("status = 'enabled', status_before = null, uninstalled_at = null, purge_after = null");
        Assert.Equal((HttpStatusCode.OK, OldHash), await CallAsync("ada"));
    }

    private async Task<List<string?>> AssignedAsync(IEnumerable<string> users)
    {
        var hashes = new List<string?>();
        foreach (var user in users) hashes.Add((await CallAsync(user)).Hash);
        return hashes;
    }

    private async Task<(HttpStatusCode Status, string? Hash)> CallAsync(string user, string path = "/hello")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{Extension}{path}");
        request.Headers.Add("Authorization", "Bearer " + user);
        using var response = await host.Client.SendAsync(request);
        return (response.StatusCode, response.IsSuccessStatusCode ? host.Runner.Last!.Context.ContentHash : null);
    }

    /// <summary>Changes the install as the registry does, and waits until the gateway has heard of it.</summary>
    private async Task SetAsync(string changes)
    {
        var installs = host.Services.GetRequiredService<InstallCache>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!installs.IsHeard) await Task.Delay(20, patience.Token);
        var before = installs.Changes;
        await ExecuteAsync(
            $"""
            update tenant_extension_install set {changes}, revision = revision + 1 where extension_id = @Extension and tenant_id = @Acme;
            select pg_notify('install_changed', tenant_id || ' ' || extension_id || ' ' || install_id) from tenant_extension_install where extension_id = @Extension and tenant_id = @Acme;
            """,
            new { });
        while (installs.Changes == before) await Task.Delay(20, patience.Token);
    }

    private async Task ExecuteAsync(string sql, object more)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(new { Extension, OldHash, NewHash, OldVersion, NewVersion, GatewayHost.Acme });
        await connection.ExecuteAsync(sql, parameters);
    }

    private static string Manifest(string version, string capabilities, string endpoint) =>
        $$"""
        {
          "manifestVersion": 2, "name": "{{Extension}}", "publisher": "com.acme", "version": "{{version}}",
          "displayName": "Test", "description": "", "runtime": "wasm-component@2", "entry": "dist/main.wasm",
          "capabilities": [{{capabilities}}], "storage": { "namespaces": ["main"] },
          "api": { "endpoints": [{ "method": "GET", "path": "/hello" }{{endpoint}}] }
        }
        """;
}
