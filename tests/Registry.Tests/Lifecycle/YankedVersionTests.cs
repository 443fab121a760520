using System.Net.Http.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class YankedVersionTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_yanked_version_is_offered_to_nobody_and_goes_on_where_it_runs()
    {
        var name = await app.InstallNewAsync(policy: "minor");
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        (await YankAsync(name, "1.1.0", "yank")).Is(200);

        await app.MaintainAsync("follow");

        var shown = await app.ShowAsync(name);
        Assert.Equal(("1.0.0", null, "False"), (shown.Text("version"), shown.Text("latestVersion"), shown.Text("updateAvailable")));
        Assert.Equal("1.0.0", (await app.PostAsync(name, "upgrade")).Is(200).Text("version"));
        (await app.PostAsync(name, "upgrade", new { version = "1.1.0" })).Is(409, "version_yanked");

        (await YankAsync(name, "1.1.0", "unyank")).Is(200);
        await app.MaintainAsync("follow");
        Assert.Equal("1.1.0", (await app.ShowAsync(name)).Text("version"));
        (await YankAsync(name, "1.1.0", "yank")).Is(200);
        await app.MaintainAsync("follow");
        Assert.Equal("1.1.0", (await app.PutAsync(name, "config", new { a = 1 })).Is(200).Text("version"));
    }

    [Fact]
    public async Task What_was_yanked_while_it_waited_or_was_rolled_out_reaches_nobody_else()
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        (await app.PostAsync(name, "upgrade", new { version = "1.1.0", percent = 10 })).Is(200);
        (await app.PostAsync(name, "upgrade", new { version = "2.0.0" })).Is(202);
        foreach (var version in new[] { "1.1.0", "2.0.0" }) (await YankAsync(name, version, "yank")).Is(200);

        (await app.PostAsync(name, "promote")).Is(409, "version_yanked");
        (await app.PostAsync(name, "consent", new { version = "2.0.0", grants = new { } })).Is(409, "version_yanked");
        Assert.Equal(("1.0.0", null), ((await app.PostAsync(name, "abort")).Is(200).Text("version"), (await app.PostAsync(name, "reject")).Is(200).Text("pending")));
    }

    [Fact]
    public async Task A_yanked_version_that_ran_here_can_be_gone_back_to_and_restored()
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        (await app.PostAsync(name, "upgrade")).Is(200);
        (await YankAsync(name, "1.0.0", "yank")).Is(200);

        Assert.Equal("1.0.0", (await app.PostAsync(name, "rollback")).Is(200).Text("version"));
        (await app.RemoveAsync(name)).Is(204);
        Assert.Equal("1.0.0", (await app.PostAsync(name, "restore")).Is(200).Text("version"));
    }

    private Task<RegistryAnswer> YankAsync(string name, string version, string verb) => app.SendAsync(
        HttpMethod.Post, $"/api/registry/extensions/{name}/versions/{version}/{verb}", app.Developer, verb == "yank" ? JsonContent.Create(new { reason = "Broken." }) : null);
}
