using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Events;

/// <summary>From the host application through the gateway and the runner to a guest, and back to what an admin sees.</summary>
[Collection(PlatformCollection.Name)]
public sealed class EventTests(PlatformFixture platform)
{
    private const string Agreements = "com.alga.samples.agreements";

    [Fact]
    public async Task An_event_of_the_host_application_reaches_the_guests_handler_and_shows_as_delivered()
    {
        var id = $"test/{Guid.CreateVersion7()}";
        using var accepted = await SendAsync("host", new { topic = "customer.renamed", id, payload = new { from = "Nobody", to = "Somebody" } });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal(1, (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("deliveries").GetInt32());

        var delivery = await FindDeliveryAsync(Agreements, "customer.renamed", item => item.GetProperty("eventId").GetString() == id);
        var shown = await platform.Registry.GetAsync($"/api/tenant/installs/{Agreements}/deliveries/{delivery.GetProperty("deliveryId").GetString()}", platform.Token("ada"));
        var requestId = shown.GetProperty("log").EnumerateArray().Last().GetProperty("requestId").GetString();

        // What the handler itself said, by its record.
        var execution = await FindAsync($"/api/tenant/installs/{Agreements}/executions?endpoint=customer.renamed", item => item.GetProperty("requestId").GetString() == requestId);
        var details = await platform.Registry.GetAsync($"/api/tenant/installs/{Agreements}/executions/{execution.GetProperty("executionId").GetString()}", platform.Token("ada"));
        Assert.Contains("customer renamed", details.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_is_not_the_host_application_sends_no_events()
    {
        using var refused = await SendAsync("grace", new { topic = "customer.renamed", payload = new { } });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_schedule_calls_the_guests_endpoint_by_the_clock()
    {
        var delivery = await FindDeliveryAsync(PlatformFixture.Hostile, "schedule.echo", _ => true);

        Assert.Equal("delivered", delivery.GetProperty("status").GetString());
        var schedules = await platform.Registry.GetAsync($"/api/tenant/installs/{PlatformFixture.Hostile}/schedules", platform.Token("ada"));
        Assert.Equal(JsonValueKind.String, schedules.GetProperty("items")[0].GetProperty("lastRunAt").ValueKind);
    }

    private Task<JsonElement> FindDeliveryAsync(string extension, string topic, Func<JsonElement, bool> fits) =>
        FindAsync($"/api/tenant/installs/{extension}/deliveries?status=delivered&topic={topic}", fits);

    /// <summary>Looks again until an item is there; a minute passes until a schedule is due.</summary>
    private async Task<JsonElement> FindAsync(string path, Func<JsonElement, bool> fits)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var items = (await platform.Registry.GetAsync(path, platform.Token("ada"))).GetProperty("items").EnumerateArray().Where(fits).ToList();
            if (items.Count > 0) return items[0];
            await Task.Delay(200, patience.Token);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string user, object body)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{platform.GatewayUrl}/api/host/events")) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", platform.Token(user).Trim());
        return await client.SendAsync(request);
    }
}
