using System.Net;
using System.Net.Http.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>What the gateway makes of an extension's signed index; a host of its own, because it takes versions away.</summary>
public sealed class RevocationTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task A_revoked_version_is_answered_with_403_and_never_reaches_the_runner()
    {
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));
        await WaitForAsync("ok");

        host.Registry.SetStatus("1.2.3", VersionState.Revoked);
        await host.PublishIndexAsync();
        await WaitForAsync("version_revoked");
        var calls = host.Runner.Calls;
        using (var response = await SendAsync()) Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(calls, host.Runner.Calls);

        host.Registry.SetStatus("1.2.3", VersionState.Ok);
        host.Registry.Keys.Add(new IndexedKey(new string('b', 64), null, KeyState.Compromised, null, null, TimeProvider.System.GetUtcNow().AddDays(-1)));
        await host.PublishIndexAsync();
        await WaitForAsync("version_revoked");

        host.Registry.Keys.Clear();
        await host.PublishIndexAsync();
        await WaitForAsync("ok");
    }

    private async Task<HttpResponseMessage> SendAsync()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{GatewayHost.Extension}/reports/7");
        message.Headers.Add("Authorization", "Bearer ada");
        return await host.Client.SendAsync(message);
    }

    /// <summary>Asks until the announcement has arrived.</summary>
    private async Task WaitForAsync(string expected)
    {
        while (true)
        {
            using var response = await SendAsync();
            if ((response.IsSuccessStatusCode ? "ok" : (await response.Content.ReadFromJsonAsync(ProblemJson.Default.ProblemBody))!.Code) == expected) return;
            await Task.Delay(20);
        }
    }
}
