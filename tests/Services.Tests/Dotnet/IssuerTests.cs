using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Services.Dotnet;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Services.Tests.Dotnet;

/// <summary>The development issuer's tokens as the platform's own authentication judges them.</summary>
public sealed class IssuerTests : IAsyncLifetime
{
    private const string GrantType = "urn:alga:params:oauth:grant-type:demo-user";

    private readonly ProgramFolder folder = new();
    private readonly HttpClient client = new();
    private DotnetService service = null!;

    private string Url => $"http://127.0.0.1:{folder.Port}";

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_demo_user_is_who_the_users_file_says()
    {
        var ada = await AuthenticateAsync(await TokenAsync("ada@acme.example"));
        var developer = await AuthenticateAsync(await TokenAsync("dev@alga-samples.example"));

        Assert.Equal(Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e"), ada.TenantId);
        Assert.Equal(["tenant_admin", "tenant_user"], ada.Roles);
        Assert.Null(developer.TenantId);
        Assert.Equal(["alga-samples"], developer.Publishers);
    }

    [Fact]
    public async Task A_token_outlives_a_restart_of_the_issuer()
    {
        var token = await TokenAsync("grace@acme.example");
        await service.DisposeAsync();
        await StartAsync();

        Assert.Equal("grace@acme.example", (await AuthenticateAsync(token)).Email);
    }

    [Theory]
    [InlineData(GrantType, "mallory@acme.example", "invalid_grant")]
    [InlineData("password", "ada@acme.example", "unsupported_grant_type")]
    public async Task Everything_else_gets_no_token(string grantType, string user, string error)
    {
        var (status, body) = await RequestAsync(grantType, user);

        Assert.Equal(400, status);
        Assert.Equal(error, body.GetProperty("error").GetString());
    }

    private async Task<Caller> AuthenticateAsync(string token)
    {
        var services = new ServiceCollection().AddLogging().AddCallerAuthentication(new AuthenticationOptions([Url], "alga-extensions"));
        await using var provider = services.BuildServiceProvider();
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = "Bearer " + token;
        var outcome = await provider.GetRequiredService<ICallerAuthenticator>().AuthenticateAsync(request, CancellationToken.None);
        Assert.True(outcome.TryGet(out var caller, out var refusal), refusal?.Message);
        return caller;
    }

    private async Task<string> TokenAsync(string user)
    {
        var (_, body) = await RequestAsync(GrantType, user);
        return body.GetProperty("access_token").GetString()!;
    }

    private async Task<(int Status, JsonElement Body)> RequestAsync(string grantType, string user)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = grantType, ["user"] = user });
        using var response = await client.PostAsync(new Uri(Url + "/token"), form);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private Task StartAsync()
    {
        service = folder.Service(
            "Issuer", Url + "/healthz", new() { ["ISSUER_PORT"] = folder.PortText, ["ISSUER_STATE"] = folder.State });
        return service.StartAsync(CancellationToken.None);
    }
}
