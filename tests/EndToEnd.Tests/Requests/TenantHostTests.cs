using System.Net.Http.Headers;
using System.Text.Json;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

/// <summary>Hosts that a tenant has at names of its own, from the operator's word to the page's header.</summary>
[Collection(PlatformCollection.Name)]
public sealed class TenantHostTests(PlatformFixture platform)
{
    private const string Acme = "01936b2e-0000-7000-8000-00000000ac3e";
    private const string Origins = $"/api/registry/tenants/{Acme}/host-origins";
    private const string Portal = "https://portal.acme.example";

    [Fact]
    public async Task A_tenants_host_may_show_its_pages_and_another_tenants_urls_do_not_name_it()
    {
        await platform.Registry.PutAsync(Origins, platform.Token("olivia"), new { origins = new[] { Portal } });
        try
        {
            var own = (await ListPagesAsync("ada"))[0].GetProperty("src").GetString()!;
            Assert.EndsWith(" " + Portal, await ReadPolicyAsync(own), StringComparison.Ordinal);
            Assert.DoesNotContain(Portal, await ReadPolicyAsync(own[..own.IndexOf('?', StringComparison.Ordinal)]), StringComparison.Ordinal);
            Assert.All(await ListPagesAsync("linus"), page => Assert.Equal(JsonValueKind.Null, page.GetProperty("hosts").ValueKind));
        }
        finally
        {
            await platform.Registry.DeleteAsync(Origins, platform.Token("olivia"));
        }

        Assert.All(await ListPagesAsync("ada"), page => Assert.DoesNotContain("hosts=", page.GetProperty("src").GetString(), StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<JsonElement>> ListPagesAsync(string user)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Token(user).Trim());
        var list = JsonElement.Parse(await client.GetStringAsync(new Uri(platform.GatewayUrl + "/api/host/extensions")));
        return [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ui")).Where(ui => ui.ValueKind == JsonValueKind.Object)];
    }

    private static async Task<string> ReadPolicyAsync(string page)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(page));
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }
}
