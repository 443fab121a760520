using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class MaintenanceLoopTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task The_first_turn_moves_what_follows_and_purges_what_is_due()
    {
        var following = await app.InstallNewAsync(policy: "minor");
        await Shape.Plain.PublishAsync(app, following, "1.1.0");
        var removed = await app.InstallNewAsync();
        (await app.RemoveAsync(removed)).Is(204);
        await app.AgeAsync(removed, RegistryApp.Acme);

        await app.Maintenance.TurnAsync(CancellationToken.None);

        Assert.Equal("1.1.0", (await app.ShowAsync(following)).Text("version"));
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(0, await owner.ExecuteScalarAsync<int>("select count(*) from tenant_extension_install where extension_id = @removed", new { removed }));
    }
}
