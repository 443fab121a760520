using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class SubscriptionTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly (string, string?)[] Old = [("ticket.closed", null), ("ticket.created", """{"queue":"support"}""")];
    private static readonly (string, string?)[] New = [("contact.created", null), ("ticket.created", null)];

    [Fact]
    public async Task Subscriptions_are_those_of_the_version_that_runs()
    {
        var name = await app.InstallNewAsync(new Shape { Events = ["ticket.created {\"queue\":\"support\"}", "ticket.closed"] });
        await new Shape { Events = ["ticket.created", "contact.created"] }.PublishAsync(app, name, "1.1.0");
        Assert.Equal(Old, await SubscribedAsync(name));

        (await app.PostAsync(name, "upgrade", new { percent = 50 })).Is(200);
        Assert.Equal(Old, await SubscribedAsync(name));
        (await app.PostAsync(name, "promote")).Is(200);
        Assert.Equal(New, await SubscribedAsync(name));
        (await app.PostAsync(name, "rollback")).Is(200);
        Assert.Equal(Old, await SubscribedAsync(name));
        (await app.PostAsync(name, "disable")).Is(200);
        Assert.Equal(Old, await SubscribedAsync(name));
        (await app.RemoveAsync(name)).Is(204);
        Assert.Empty(await SubscribedAsync(name));
        (await app.PostAsync(name, "restore")).Is(200);
        Assert.Equal(Old, await SubscribedAsync(name));
        (await app.InstallAsync(name, app.Admin, LifecycleCalls.Body("1.1.0"))).Is(200);
        Assert.Equal(New, await SubscribedAsync(name));
    }

    private async Task<IEnumerable<(string, string?)>> SubscribedAsync(string name)
    {
        await using var owner = await app.OpenOwnerAsync();
        return await owner.QueryAsync<(string, string?)>(
            """
            select s.topic, s.filter::text from extension_event_subscription s
            join tenant_extension_install i using (tenant_id, install_id)
            where i.extension_id = @name and i.tenant_id = @Acme and s.version_id in (i.version_id)
            order by s.topic collate "C"
            """,
            new { name, RegistryApp.Acme });
    }
}
