using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Http;

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
    public async Task A_token_of_another_install_is_refused()
    {
        // Its install is none of Acme's, so that only the claim can tell.
        var token = await IssueAsync("grace");
        var foreign = Forge(token, claims => claims.Replace(GatewayHost.AcmeInstall.ToString(), Guid.Empty.ToString(), StringComparison.Ordinal));
        using var response = await SendAsync(HttpMethod.Get, $"/api/ext/{GatewayHost.Extension}/reports/1", foreign);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
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
}
