using System.Net;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Resolve;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Resolve;

/// <summary>An install's id in a URL, in all the ways in which somebody may write it.</summary>
public sealed class InstallIdTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static readonly string Id = GatewayHost.AcmeInstall.ToString();

    [Fact]
    public async Task An_install_that_is_called_by_its_id_in_upper_case_is_disabled_as_soon_as_by_any_other()
    {
        Answers();
        var installs = host.Services.GetRequiredService<InstallCache>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!installs.IsHeard) await Task.Delay(20, patience.Token);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(Id.ToUpperInvariant()));
        await SetStatusAsync("disabled");
        try
        {
            // Once the gateway has heard it, it holds under every spelling: what one of them left in memory would serve for another half a minute.
            while (await CallAsync(Id) == HttpStatusCode.OK) await Task.Delay(20, patience.Token);
            Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(Id.ToUpperInvariant()));
        }
        finally
        {
            await SetStatusAsync("enabled");
        }
    }

    [Theory]
    [InlineData("%20", "")]
    [InlineData("", "%20")]
    [InlineData("", "%09")]
    [InlineData("%0d%0a", "")]
    [InlineData("", "%C2%A0")]
    [InlineData("", ".")]
    [InlineData("", ";a")]
    [InlineData("%7B", "%7D")]
    [InlineData("%EF%BB%BF", "")]
    public async Task An_id_with_something_around_it_is_none(string before, string after)
    {
        Answers();
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(before + Id + after));
    }

    [Fact]
    public async Task An_id_with_a_sign_or_without_hyphens_is_none()
    {
        Answers();
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync("+" + Id[1..]));
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(Id.Replace("-", "", StringComparison.Ordinal)));
    }

    /// <summary>A guest that sends its caller elsewhere: the address repeats the id as it was written.</summary>
    private void Answers() => host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(
        new ExecuteResponse { Status = 200, Headers = new Dictionary<string, IReadOnlyList<string>> { ["location"] = ["/reports/2"] }, Usage = new ExecuteUsage() }));

    private async Task<HttpStatusCode> CallAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{id}/reports/1");
        request.Headers.Add("Authorization", "Bearer ada");
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task SetStatusAsync(string status)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        await connection.ExecuteAsync(
            """
            update tenant_extension_install set status = @status where install_id = @AcmeInstall;
            select pg_notify('install_changed', tenant_id || ' ' || extension_id || ' ' || install_id) from tenant_extension_install where install_id = @AcmeInstall;
            """,
            new { status, GatewayHost.AcmeInstall });
    }
}
