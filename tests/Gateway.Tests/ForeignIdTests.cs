using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Functions;
using Alga.Extensions.Gateway.Tests.Tail;
using Dapper;
using Microsoft.Azure.Functions.Worker;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>A tenant uses what belongs to another one, along every route of the gateway: it gets what it would get for something that is not there.</summary>
public sealed class ForeignIdTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static readonly Guid Absent = Guid.Parse("01936b2e-0000-7000-8000-0000000ab5e7");

    /// <summary>Each function with what it is tried with here; null where nothing of anybody can be named.</summary>
    private static readonly Dictionary<string, (string Method, string Path)?> Routes = new(StringComparer.Ordinal)
    {
        ["ext/{extensionId}/{*path}"] = ("GET", "/api/ext/{0}/reports/1"),
        ["ext-token/{extensionId}"] = ("POST", "/api/ext-token/{0}"),
        ["ext-tail/{extensionId}"] = ("GET", "/api/ext-tail/{0}"),
        ["host/extensions"] = null,
        ["host/events"] = null,
        ["health"] = null,
    };

    public static TheoryData<string, string> Cells
    {
        get
        {
            var id = GatewayHost.AcmeInstall.ToString();
            var cells = new TheoryData<string, string>();
            foreach (var (route, sample) in Routes)
            {
                if (sample is null) continue;
                foreach (var spelling in new[] { GatewayHost.Extension, GatewayHost.DisabledExtension, id, id.ToUpperInvariant(), $"%7B{id}%7D", id.Replace("-", "", StringComparison.Ordinal), $"{id}%20", $"{id}.", $"%0a{id}" })
                {
                    cells.Add(route, spelling);
                }
            }

            return cells;
        }
    }

    [Fact]
    public void Every_function_has_its_place_here() => Assert.Equal(
        Routes.Keys.Order(StringComparer.Ordinal),
        typeof(ExtensionFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Route).OfType<string>().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task What_another_tenant_has_is_what_is_not_there(string route, string spelling)
    {
        Answers();
        var calls = host.Runner.Calls;
        var (method, path) = Routes[route]!.Value;
        foreach (var role in new[] { "linus", "globex-user", "globex-host" })
        {
            var foreign = await AnswerAsync(role, method, string.Format(null, path, spelling));
            var absent = await AnswerAsync(role, method, string.Format(null, path, Guid.TryParse(spelling, out _) ? Absent.ToString() : "com.acme.absent"));

            Assert.Equal(absent, foreign);
            Assert.Contains(foreign.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Forbidden]);
        }

        Assert.Equal(calls, host.Runner.Calls);
    }

    [Fact]
    public async Task A_tenant_with_the_same_extension_reaches_its_own_and_none_of_the_others_ids_keys_tokens_or_sessions()
    {
        Answers();
        var install = await InstallForGlobexAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await AnswerAsync("linus", "GET", $"/api/ext/{GatewayHost.AcmeInstall}/reports/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync("linus", "GET", $"/api/ext/{install}/reports/1")).Status);
        Assert.Equal((GatewayHost.Globex, install), (host.Runner.Last!.Context.TenantId, host.Runner.Last.Context.InstallId));

        // The same key and request of the same user name: each tenant's is executed.
        foreach (var caller in new[] { "ada", "globex-ada" })
        {
            using var first = await SendAsync(caller, "POST", $"/api/ext/{GatewayHost.Extension}/reports", "one-key");
            Assert.False(first.Headers.Contains("Idempotency-Replayed"));
            using var again = await SendAsync(caller, "POST", $"/api/ext/{GatewayHost.Extension}/reports", "one-key");
            Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        }

        using var issued = await SendAsync("ada", "POST", $"/api/ext-token/{GatewayHost.Extension}");
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.NotFound, (await AnswerAsync(token, "GET", $"/api/ext/{install}/reports/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(token, "GET", $"/api/ext/{GatewayHost.Extension}/reports/1")).Status);
        Assert.Equal(GatewayHost.Acme, host.Runner.Last.Context.TenantId);

        await using var tail = await TailClient.OpenAsync(host.Client);
        using var taken = await TailClient.SendAsync(host.Client, "linus", GatewayHost.Extension, tail.Place);
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        using var list = await SendAsync("linus", "GET", "/api/host/extensions");
        Assert.DoesNotContain(GatewayHost.AcmeInstall.ToString(), await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private void Answers() => host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));

    /// <summary>All that an answer tells, but what is another one each time.</summary>
    private async Task<(HttpStatusCode Status, string Headers, string Body)> AnswerAsync(string caller, string method, string path)
    {
        using var response = await SendAsync(caller, method, path);
        var body = await response.Content.ReadAsStringAsync();
        var id = response.Headers.GetValues("x-request-id").Single();
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Date" && !header.Key.StartsWith("RateLimit", StringComparison.Ordinal));
        return (response.StatusCode, string.Join('\n', headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}")).Replace(id, "", StringComparison.Ordinal), body.Replace(id, "", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> SendAsync(string caller, string method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Authorization", "Bearer " + caller);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<Guid> InstallForGlobexAsync()
    {
        var install = Guid.CreateVersion7();
        await using var connection = new NpgsqlConnection(host.Owner);
        await connection.ExecuteAsync(
            """
            insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
            values (@Globex, @install, @Extension, @VersionId, 'enabled', '{}', '{}', 'test', now(), now());
            select pg_notify('install_changed', @Globex || ' ' || @Extension || ' ' || @install);
            """,
            new { GatewayHost.Globex, install, GatewayHost.Extension, GatewayHost.VersionId });
        // Until the gateway has heard it: that there is none may be in its memory.
        while ((await AnswerAsync("linus", "GET", $"/api/ext/{GatewayHost.Extension}/reports/1")).Status != HttpStatusCode.OK) await Task.Delay(20);
        return install;
    }
}
