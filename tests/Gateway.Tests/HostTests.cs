using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Resolve;
using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>What a host application asks for: its menus, and tokens for the pages.</summary>
public sealed class HostTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task The_list_has_what_is_enabled_with_menu_entries_and_the_pages_url()
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/host/extensions", "ada");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var items = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        var item = Assert.Single(items.EnumerateArray());
        Assert.Equal((GatewayHost.Extension, "Reports", GatewayHost.AcmeInstall), (item.GetProperty("extensionId").GetString(), item.GetProperty("displayName").GetString(), item.GetProperty("installId").GetGuid()));
        var ui = item.GetProperty("ui");
        Assert.Equal("Reports", ui.GetProperty("hooks").GetProperty("appMenu").GetProperty("label").GetString());
        Assert.Equal($"https://{new string('a', 32)}.ext.example.com/ext-ui/{GatewayHost.Extension}/{GatewayHost.Hash}/ui/index.html", ui.GetProperty("src").GetString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_tenant_with_hosts_of_its_own_gets_urls_that_name_them()
    {
        var list = HostOrigins.IdOf(["https://portal.acme.example"]);
        await using var owner = new NpgsqlConnection(host.Owner);
        await owner.ExecuteAsync(
            "insert into host_origin_list values (@list, array['https://portal.acme.example']); insert into tenant_host values (@tenant, @list)", new { list, tenant = GatewayHost.Acme });
        using var response = await SendAsync(HttpMethod.Get, "/api/host/extensions", "ada");
        await owner.ExecuteAsync("delete from tenant_host");
        var ui = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0].GetProperty("ui");
        Assert.Equal(list, ui.GetProperty("hosts").GetString());
        Assert.EndsWith("/ui/index.html?hosts=" + list, ui.GetProperty("src").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linus", HttpStatusCode.OK)]
    [InlineData("dev", HttpStatusCode.Forbidden)]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    public async Task Another_tenant_sees_its_own_and_who_has_none_nothing(string user, HttpStatusCode expected)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/host/extensions", user);
        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK) Assert.Equal(0, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_pages_token_calls_its_own_extension_as_the_user_and_nothing_else()
    {
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        var token = await IssueAsync("grace");
        using var called = await SendAsync(HttpMethod.Get, $"/api/ext/{GatewayHost.Extension}/reports/1", token);
        Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        Assert.Equal(("grace", GatewayHost.Acme), (host.Runner.Last!.User!.Id, host.Runner.Last.Context.TenantId));
        using var asAdmin = await SendAsync(HttpMethod.Delete, $"/api/ext/{GatewayHost.Extension}/reports/1", token);
        Assert.Equal(HttpStatusCode.Forbidden, asAdmin.StatusCode);
        foreach (var (method, path) in new[] { (HttpMethod.Post, $"/api/ext-token/{GatewayHost.Extension}"), (HttpMethod.Get, "/api/host/extensions") })
        {
            using var refused = await SendAsync(method, path, token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_good_token_of_another_install_of_the_same_tenant_is_refused()
    {
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        await SetStatusAsync(GatewayHost.DisabledExtension, "enabled");
        var path = $"/api/ext/{GatewayHost.DisabledExtension}/reports/1";
        using (var asUser = await WaitAsync(path)) Assert.Equal(HttpStatusCode.OK, asUser.StatusCode);

        using var response = await SendAsync(HttpMethod.Get, path, await IssueAsync("ada"));
        await SetStatusAsync(GatewayHost.DisabledExtension, "disabled");
        // Until the gateway has heard of it, since other tests find it disabled.
        while (true)
        {
            using var again = await SendAsync(HttpMethod.Get, path, "ada");
            if (again.StatusCode == HttpStatusCode.Forbidden) break;
            await Task.Delay(20);
        }

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("another extension", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_good_for_five_minutes_and_no_longer()
    {
        var clock = new Clock();
        var tokens = new Alga.Extensions.Gateway.UiTokens.UiTokens(_ => new ValueTask<byte[]>(FakeRunner.Key), clock);
        var caller = new Caller("ada", GatewayHost.Acme, "", "", [], [], "i");
        var install = new Install(GatewayHost.AcmeInstall, GatewayHost.Extension, GatewayHost.VersionId, "1.2.3", ContentHash.Of([1]), true, [], [], new Dictionary<string, JsonElement>());
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = "Bearer " + (await tokens.IssueAsync(caller, GatewayHost.Acme, install, default)).Token;

        clock.Now += Alga.Extensions.Gateway.UiTokens.UiTokens.Lifetime - TimeSpan.FromSeconds(1);
        Assert.True((await tokens.ReadAsync(request, default)).TryGet(out var read, out _));
        Assert.Equal(GatewayHost.AcmeInstall, read.InstallId);
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.False((await tokens.ReadAsync(request, default)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Unauthenticated, refusal.Code);
    }

    [Fact]
    public async Task A_changed_a_cut_and_an_unsigned_token_are_refused()
    {
        var token = await IssueAsync("grace");
        foreach (var forged in new[]
        {
            Forge(token, claims => claims.Replace("tenant_user", "tenant_admin", StringComparison.Ordinal)),
            token[..^2],
            token[..token.LastIndexOf('.')],
            token[..token.LastIndexOf('.')] + ".",
            token + "A",
            token[..token.IndexOf('.', StringComparison.Ordinal)] + ".",
        })
        {
            using var response = await SendAsync(HttpMethod.Get, $"/api/ext/{GatewayHost.Extension}/reports/1", forged);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("ada", GatewayHost.DisabledExtension, HttpStatusCode.Forbidden)]
    [InlineData("linus", GatewayHost.Extension, HttpStatusCode.NotFound)]
    [InlineData("dev", GatewayHost.Extension, HttpStatusCode.Forbidden)]
    [InlineData("nobody", GatewayHost.Extension, HttpStatusCode.Unauthorized)]
    public async Task No_token_is_given_for_what_the_user_cannot_call(string user, string extension, HttpStatusCode expected)
    {
        using var response = await SendAsync(HttpMethod.Post, $"/api/ext-token/{extension}", user);
        Assert.Equal(expected, response.StatusCode);
    }

    private async Task SetStatusAsync(string extension, string status)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        await connection.ExecuteAsync(
            """
            update tenant_extension_install set status = @status where extension_id = @extension;
            select pg_notify('install_changed', tenant_id || ' ' || extension_id || ' ' || install_id) from tenant_extension_install where extension_id = @extension;
            """,
            new { extension, status });
    }

    /// <summary>Until the gateway has heard that the extension is enabled.</summary>
    private async Task<HttpResponseMessage> WaitAsync(string path)
    {
        while (true)
        {
            var response = await SendAsync(HttpMethod.Get, path, "ada");
            if (response.StatusCode != HttpStatusCode.Forbidden) return response;
            response.Dispose();
            await Task.Delay(20);
        }
    }

    private async Task<string> IssueAsync(string user)
    {
        using var response = await SendAsync(HttpMethod.Post, $"/api/ext-token/{GatewayHost.Extension}", user);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.InRange(answer.GetProperty("expiresAt").GetDateTime() - TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        return answer.GetProperty("token").GetString()!;
    }

    private static string Forge(string token, Func<string, string> change)
    {
        var parts = token.Split('.');
        var claims = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        var changed = change(claims);
        Assert.NotEqual(claims, changed);
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(changed))}.{parts[2]}";
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Authorization", "Bearer " + token);
        return await host.Client.SendAsync(request);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
