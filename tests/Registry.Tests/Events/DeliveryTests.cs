using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Tests.Lifecycle;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Events;

public sealed class DeliveryTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Every_delivery_is_on_exactly_one_page_the_newest_first()
    {
        var name = await app.InstallNewAsync();
        var sent = new List<Guid>();
        for (var number = 0; number < 5; number++) sent.Add(await app.DeliverAsync(name, number % 2 == 0 ? "dead" : "delivered"));
        await app.DeliverAsync(await app.InstallNewAsync());

        Assert.Equal(Enumerable.Reverse(sent), await PagesAsync(name, "limit=2"));
        Assert.Equal([sent[4], sent[2], sent[0]], await PagesAsync(name, "limit=1&status=dead"));
        Assert.Empty(await PagesAsync(name, "topic=ticket.closed"));
    }

    [Fact]
    public async Task A_delivery_shows_its_payload_and_its_attempts()
    {
        var name = await app.InstallNewAsync();
        var id = await app.DeliverAsync(name, payload: """{"number":7}""");
        var shown = (await app.GetAsync($"{Path(name)}/{id}", app.Admin)).Is(200).Json;

        Assert.Equal(("dead", "ticket.created", "k", 8), (shown.GetProperty("status").GetString(), shown.GetProperty("topic").GetString(), shown.GetProperty("key").GetString(), shown.GetProperty("attempts").GetInt32()));
        Assert.Equal((7, "guest_trap"), (shown.GetProperty("payload").GetProperty("number").GetInt32(), shown.GetProperty("log")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_dead_delivery_is_redelivered_after_what_waits_and_the_dispatchers_are_told()
    {
        var name = await app.InstallNewAsync();
        var dead = await app.DeliverAsync(name);
        var waiting = await app.DeliverAsync(name, "pending");
        await app.TakeNoteAsync();

        var redelivered = (await app.SendAsync(HttpMethod.Post, $"{Path(name)}/{dead}/redeliver", app.Admin)).Is(200).Json;

        Assert.Equal(("pending", 8, 0), (redelivered.GetProperty("status").GetString(), redelivered.GetProperty("attempts").GetInt32(), redelivered.GetProperty("failures").GetInt32()));
        Assert.Equal(JsonValueKind.String, redelivered.GetProperty("nextAttemptAt").ValueKind);
        Assert.True(await app.TakeNoteAsync());
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal([waiting, dead], await owner.QueryAsync<Guid>("select delivery_id from extension_event_delivery where delivery_id in (@dead, @waiting) and expires_at > now() + interval '2 days' or delivery_id = @waiting order by sequence", new { dead, waiting }));
        var audit = (await app.GetAsync($"/api/tenant/audit?target={name}&action=delivery.redeliver", app.Admin)).Is(200).Json.GetProperty("items");
        Assert.Equal(dead, Assert.Single(audit.EnumerateArray()).GetProperty("after").GetProperty("deliveryId").GetGuid());
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("delivered")]
    [InlineData("dropped")]
    public async Task Only_a_dead_delivery_is_redelivered(string status)
    {
        var name = await app.InstallNewAsync();
        var id = await app.DeliverAsync(name, status);
        (await app.SendAsync(HttpMethod.Post, $"{Path(name)}/{id}/redeliver", app.Admin)).Is(409, "conflict");
        Assert.Equal(status, (await app.GetAsync($"{Path(name)}/{id}", app.Admin)).Is(200).Text("status"));
    }

    [Fact]
    public async Task Another_tenant_that_installed_the_same_extension_neither_sees_nor_redelivers_it()
    {
        var name = await app.InstallNewAsync();
        var id = await app.DeliverAsync(name);
        (await app.InstallAsync(name, app.OtherAdmin, LifecycleCalls.Body("1.0.0"))).Is(201);

        Assert.Empty((await app.GetAsync(Path(name), app.OtherAdmin)).Is(200).Json.GetProperty("items").EnumerateArray());
        (await app.GetAsync($"{Path(name)}/{id}", app.OtherAdmin)).Is(404, "not_found");
        (await app.SendAsync(HttpMethod.Post, $"{Path(name)}/{id}/redeliver", app.OtherAdmin)).Is(404, "not_found");
        Assert.Equal("dead", (await app.GetAsync($"{Path(name)}/{id}", app.Admin)).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_delivery_belongs_to_its_install_and_not_to_another_of_the_tenant()
    {
        var name = await app.InstallNewAsync();
        var id = await app.DeliverAsync(name);
        var other = await app.InstallNewAsync();
        (await app.GetAsync($"{Path(other)}/{id}", app.Admin)).Is(404, "not_found");
        (await app.SendAsync(HttpMethod.Post, $"{Path(other)}/{id}/redeliver", app.Admin)).Is(404, "not_found");
    }

    [Theory]
    [InlineData("?status=lost")]
    [InlineData("?status=")]
    [InlineData("?topic=")]
    [InlineData("?topic=%00")]
    [InlineData("?limit=0")]
    [InlineData("?cursor=bm90LWEtZ3VpZA")]
    [InlineData("/not-a-guid")]
    public async Task A_question_that_cannot_be_answered_is_refused(string query)
    {
        var name = await app.InstallNewAsync();
        (await app.GetAsync(Path(name) + query, app.Admin)).Is(400, "invalid_request");
    }

    private static string Path(string name) => $"{LifecycleCalls.Path(name)}/deliveries";

    private async Task<IReadOnlyList<Guid>> PagesAsync(string name, string query)
    {
        var ids = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await app.GetAsync($"{Path(name)}?{query}{(cursor is null ? "" : $"&cursor={cursor}")}", app.Admin)).Is(200);
            ids.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("deliveryId").GetGuid()));
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null);
        return ids;
    }
}
