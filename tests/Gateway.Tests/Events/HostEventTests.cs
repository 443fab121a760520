using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Gateway.Events;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary><c>POST /api/host/events</c> over HTTP.</summary>
public sealed class HostEventTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("host")]
    [InlineData("ada")]
    public async Task The_host_application_and_an_admin_send_events(string caller)
    {
        using var response = await SendAsync(caller, """{"topic":"ticket.created","payload":{"a":1}}""");
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((7, 0, false), (answer.GetProperty("id").GetGuid().Version, answer.GetProperty("deliveries").GetInt32(), answer.GetProperty("duplicate").GetBoolean()));
    }

    [Theory]
    [InlineData("", 401)]
    [InlineData("nobody", 401)]
    [InlineData("grace", 403)]
    [InlineData("dev", 403)]
    public async Task Nobody_else_does(string caller, int status)
    {
        using var response = await SendAsync(caller, """{"topic":"ticket.created","payload":{}}""");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"topic":"a"}""")]
    [InlineData("""{"payload":{}}""")]
    [InlineData("""{"topic":null,"payload":{}}""")]
    [InlineData("""{"topic":"a","payload":{},"tenantId":"01936b2e-0000-7000-8000-0000000910be"}""")]
    [InlineData("""{"topic":"a","topic":"b","payload":{}}""")]
    [InlineData("""{"topic":"a","payload":{"x":1,"x":2}}""")]
    [InlineData("""{"topic":"a.*","payload":{}}""")]
    [InlineData("""{"topic":"a\n","payload":{}}""")]
    [InlineData("""{"topic":"","payload":{}}""")]
    [InlineData("""{"topic":"a","payload":{},"id":""}""")]
    [InlineData("""{"topic":"a","payload":{},"id":"a b"}""")]
    [InlineData("""{"topic":"a","payload":{},"id":"schedule:01936b2e-0000-7000-8000-000000000001:nightly:2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"topic":"a","payload":{},"key":""}""")]
    [InlineData("""{"topic":"a","payload":{},"key":"a\u0000"}""")]
    [InlineData("""{"topic":"a","payload":{},"key":"\ud800"}""")]
    [InlineData("""{"topic":"a","payload":{},"occurredAt":"yesterday"}""")]
    [InlineData("""{"topic":"a","payload":{"text":"\ud800"}}""")]
    [InlineData("""{"topic":"a","payload":{"\udc00":1}}""")]
    [InlineData("""{"topic":"a","payload":[[["\ud800x"]]]}""")]
    public async Task A_body_that_is_no_event_is_refused(string body)
    {
        using var response = await SendAsync("host", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task A_payload_is_accepted_at_its_cap_and_refused_beyond_it()
    {
        using var most = await SendAsync("host", Body(EventRules.MaxPayloadBytes));
        Assert.Equal(HttpStatusCode.Accepted, most.StatusCode);
        using var more = await SendAsync("host", Body(EventRules.MaxPayloadBytes + 1));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (more.StatusCode, await CodeAsync(more)));
        using var huge = await SendAsync("host", Body(EventRules.MaxBodyBytes));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (huge.StatusCode, await CodeAsync(huge)));

        static string Body(int bytes) => $$"""{"topic":"a","payload":"{{new string('a', bytes - 2)}}"}""";
    }

    [Fact]
    public async Task An_id_is_good_for_one_event_in_each_tenant()
    {
        const string Body = """{"topic":"a","payload":{"n":1},"id":"once","key":"k"}""";
        foreach (var caller in new[] { "host", "linus" })
        {
            Assert.False(await IsDuplicateAsync(caller, Body));
            Assert.True(await IsDuplicateAsync(caller, Body));
        }

        foreach (var other in new[] { Body.Replace("1", "2", StringComparison.Ordinal), Body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), Body.Replace("\"k\"", "\"l\"", StringComparison.Ordinal) })
        {
            using var response = await SendAsync("host", other);
            Assert.Equal((HttpStatusCode.Conflict, "conflict"), (response.StatusCode, await CodeAsync(response)));
        }
    }

    [Fact]
    public async Task Of_many_events_with_one_id_at_the_same_moment_one_is_accepted_and_those_with_another_content_are_conflicts()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async sender =>
        {
            using var response = await SendAsync("host", $$"""{"topic":"a","payload":{"n":{{sender % 5}}},"id":"race"}""");
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            return (Content: sender % 5, response.StatusCode, IsFirst: response.StatusCode == HttpStatusCode.Accepted && !answer.GetProperty("duplicate").GetBoolean());
        }));

        var first = Assert.Single(answers, answer => answer.IsFirst);
        Assert.All(answers, answer => Assert.Equal(answer.Content == first.Content ? HttpStatusCode.Accepted : HttpStatusCode.Conflict, answer.StatusCode));
    }

    [Fact]
    public async Task An_event_belongs_to_the_tenant_of_the_token()
    {
        using var response = await SendAsync("linus", """{"topic":"a","payload":{},"id":"whose","occurredAt":"2026-02-03T04:05:06+01:00"}""");
        await using var connection = new NpgsqlConnection(host.Owner);
        var stored = await connection.QuerySingleAsync("select tenant_id, occurred_at from host_event where event_id = 'whose'");
        Assert.Equal((GatewayHost.Globex, new DateTime(2026, 2, 3, 3, 5, 6, DateTimeKind.Utc)), ((Guid)stored.tenant_id, (DateTime)stored.occurred_at));
    }

    private async Task<bool> IsDuplicateAsync(string caller, string body)
    {
        using var response = await SendAsync(caller, body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("duplicate").GetBoolean();
    }

    private async Task<HttpResponseMessage> SendAsync(string caller, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/host/events") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (caller.Length > 0) request.Headers.Add("Authorization", "Bearer " + caller);
        return await host.Client.SendAsync(request);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
