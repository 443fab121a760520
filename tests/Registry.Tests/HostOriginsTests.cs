using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests;

/// <summary>Hosts that a tenant has at names of its own.</summary>
public sealed class HostOriginsTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_list_is_the_same_in_any_order_and_has_one_id()
    {
        var path = NewTenant(out _);
        var first = (await PutAsync(path, "https://b.example.com", "https://*.a.example.com", "https://b.example.com")).Is(200).Json;
        Assert.Equal(["https://*.a.example.com", "https://b.example.com"], first.GetProperty("origins").EnumerateArray().Select(origin => origin.GetString()));
        var other = (await PutAsync(NewTenant(out _), "https://*.a.example.com", "https://b.example.com")).Is(200).Json;
        Assert.Equal(first.GetProperty("listId").GetString(), other.GetProperty("listId").GetString());
        Assert.Equal(32, first.GetProperty("listId").GetString()!.Length);
        Assert.Equal(first.GetRawText(), (await app.GetAsync(path, app.Operator)).Is(200).Json.GetRawText());
    }

    [Fact]
    public async Task A_change_is_in_the_tenants_audit_log_and_one_that_changes_nothing_is_not()
    {
        var path = NewTenant(out var tenant);
        (await PutAsync(path, "https://portal.acme.example")).Is(200);
        (await PutAsync(path, "https://portal.acme.example")).Is(200);
        var none = (await app.SendAsync(HttpMethod.Delete, path, app.Operator)).Is(200).Json;
        Assert.Equal((0, JsonValueKind.Null), (none.GetProperty("origins").GetArrayLength(), none.GetProperty("listId").ValueKind));
        var log = (await app.GetAsync("/api/tenant/audit?action=host_origins.change", app.Token("admin", tenant, ["tenant_admin"]))).Is(200).Json.GetProperty("items");
        Assert.Equal(2, log.GetArrayLength());
    }

    [Theory]
    [InlineData("https://a.example.com/path")]
    [InlineData("https://a.example.com/")]
    [InlineData("https://a.example.com; script-src *")]
    [InlineData("https://a.example.com https://b.example.com")]
    [InlineData("https://user@a.example.com")]
    [InlineData("https://a.*.example.com")]
    [InlineData("https://bücher.example")]
    [InlineData("https://a.example.com\r\nX-Evil: 1")]
    [InlineData("https://a.example.com,https://b.example.com")]
    [InlineData("https://'self'")]
    [InlineData("HTTPS://a.example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("*")]
    [InlineData("")]
    public async Task What_is_no_origin_is_refused_and_named(string origin)
    {
        var answer = (await PutAsync(NewTenant(out _), "https://a.example.com", origin)).Is(400, "invalid_request");
        Assert.Contains("origins[1]", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_has_one_to_twenty_origins_and_a_tenant_that_is_one()
    {
        var path = NewTenant(out _);
        (await PutAsync(path)).Is(400, "invalid_request");
        (await PutAsync(path, [.. Enumerable.Range(0, 20).Select(i => $"https://h{i}.example.com")])).Is(200);
        (await PutAsync(path, [.. Enumerable.Range(0, 21).Select(i => $"https://h{i}.example.com")])).Is(400, "invalid_request");
        (await PutAsync("/api/registry/tenants/acme/host-origins", "https://a.example.com")).Is(404, "not_found");
    }

    private static string NewTenant(out Guid tenant)
    {
        tenant = Guid.CreateVersion7();
        return $"/api/registry/tenants/{tenant}/host-origins";
    }

    private Task<RegistryAnswer> PutAsync(string path, params string[] origins) => app.SendAsync(HttpMethod.Put, path, app.Operator, JsonContent.Create(new { origins }));
}
