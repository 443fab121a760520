using System.Net;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.Secrets;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Requests to a gateway that was never told its key, since the vault is away.</summary>
public sealed class VaultAwayTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private readonly SecretVault vault = new(
        // A port that nobody listens at.
        new SecretClient(new Uri("https://127.0.0.1:1/"), DelegatedTokenCredential.Create((_, _) => new AccessToken("t", DateTimeOffset.MaxValue)), new SecretClientOptions { Retry = { MaxRetries = 0 } }),
        TimeProvider.System,
        NullLogger<SecretVault>.Instance);

    private Microsoft.AspNetCore.Builder.WebApplication gateway = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        gateway = host.BuildWith(host.Runner.Url, services => services.AddSingleton<ServiceTokenKeySource>(
            _ => cancellationToken => vault.GetRequiredBytesAsync("key", cancellationToken)));
        await gateway.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await gateway.DisposeAsync();
        vault.Dispose();
    }

    [Theory]
    [InlineData("POST", "/api/ext-token/" + GatewayHost.Extension)]
    [InlineData("GET", "/api/ext/" + GatewayHost.Extension + "/reports/1")]
    public async Task What_needs_the_key_is_overloaded(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Authorization", "Bearer ada");

        using var refused = await client.SendAsync(request);

        Assert.Equal("overloaded", JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }
}
