using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Withdraw;

public sealed class DeprecateTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_deprecation_is_shown_everywhere_and_stops_nothing()
    {
        var bundle = await app.PublishNewAsync();

        var answer = (await DeprecateAsync(bundle.Name, "Use com.acme.new.")).Is(200);

        Assert.Equal("Use com.acme.new.", Message(answer.Json));
        Assert.Equal("Use com.acme.new.", Message((await app.GetAsync($"/api/registry/extensions/{bundle.Name}", app.User)).Is(200).Json));
        Assert.Equal("Use com.acme.new.", Message((await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/1.0.0", app.User)).Is(200).Json));
        var listed = (await app.GetAsync($"/api/registry/extensions?q={bundle.Name}", app.User)).Is(200).Json.GetProperty("items")[0];
        Assert.Equal("Use com.acme.new.", Message(listed));
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201);
        await app.PublishNewAsync("1.0.1", name: bundle.Name);
    }

    [Fact]
    public async Task A_deprecation_can_be_changed_and_taken_back()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);

        await DeprecateAsync(name, "First.");
        Assert.Equal("Second.", Message((await DeprecateAsync(name, "Second.")).Is(200).Json));
        var back = (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{name}/undeprecate", app.Developer)).Is(200);

        Assert.Equal(JsonValueKind.Null, back.Json.GetProperty("deprecated").ValueKind);
        Assert.Equal(back.Text, (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{name}/undeprecate", app.Developer)).Is(200).Text);
    }

    [Fact]
    public async Task What_an_operator_said_only_an_operator_takes_back()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        (await DeprecateAsync(name, "Its publisher is gone.", app.Operator)).Is(200);

        (await DeprecateAsync(name, "We are not.")).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{name}/undeprecate", app.Developer)).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{name}/undeprecate", app.Operator)).Is(200);
        (await DeprecateAsync(name, "Now we may.")).Is(200);
    }

    [Fact]
    public async Task A_foreign_extension_is_not_found()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);

        (await DeprecateAsync(name, "Envy.", app.OtherDeveloper)).Is(404, "not_found");
        (await DeprecateAsync("com.acme.absent", "Absent.", app.Operator)).Is(404, "not_found");
        (await DeprecateAsync("Not%20A%20Name", "Absent.")).Is(404, "not_found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\r\nlines")]
    public async Task A_message_that_is_none_is_refused(string message)
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);

        (await DeprecateAsync(name, message)).Is(400, "invalid_request");
    }

    private Task<RegistryAnswer> DeprecateAsync(string name, string message, string? token = null) =>
        app.SendAsync(HttpMethod.Post, $"/api/registry/extensions/{name}/deprecate", token ?? app.Developer, JsonContent.Create(new { message }));

    private static string? Message(JsonElement shown) => shown.GetProperty("deprecated").GetProperty("message").GetString();
}
