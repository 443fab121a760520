using System.Net;
using System.Text;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Cors;
using Microsoft.AspNetCore.Builder;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Pages of other origins, through HTTP.</summary>
public sealed class CorsTests(CorsTests.Gateway gateway) : IClassFixture<CorsTests.Gateway>
{
    private const string Known = "https://app.example.com";
    private const string Reports = "/api/ext/" + GatewayHost.Extension + "/reports";

    [Theory]
    [InlineData(Reports + "/1", "GET, HEAD, POST, PUT, PATCH, DELETE")]
    [InlineData("/api/ext/nothing.such/at/all", "GET, HEAD, POST, PUT, PATCH, DELETE")]
    [InlineData("/api/host/extensions", "GET")]
    [InlineData("/api/ext-token/" + GatewayHost.Extension, "POST")]
    [InlineData("/api/host/events", "POST")]
    public async Task A_page_of_a_known_origin_may_ask_without_a_token(string path, string methods)
    {
        using var answer = await SendAsync("OPTIONS", path, null, ("Origin", Known), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization, Content-Type,x-ext-trace,cookie,x-forwarded-for,x_ext_a"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Known, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(methods, Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization, content-type, x-ext-trace", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Contains("Origin", Header(answer, "Vary"), StringComparison.Ordinal);
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("https://APP.example.com")]
    [InlineData("http://app.example.com")]
    [InlineData("https://app.example.com:8443")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com https://app.example.com")]
    [InlineData("null")]
    [InlineData("*")]
    public async Task A_page_of_another_origin_gets_no_permission_and_needs_a_token(string origin)
    {
        using var preflight = await SendAsync("OPTIONS", Reports + "/1", null, ("Origin", origin), ("Access-Control-Request-Method", "GET"));
        Assert.Equal(HttpStatusCode.Unauthorized, preflight.StatusCode);
        Assert.Null(Header(preflight, "Access-Control-Allow-Origin"));

        gateway.RunnerAnswers();
        using var answer = await SendAsync("GET", Reports + "/1", "ada", ("Origin", origin));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", Header(answer, "Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_and_a_refusal_tell_the_origin_and_an_extension_has_no_say_in_it()
    {
        gateway.RunnerAnswers(("x-ext-total", "3"), ("access-control-allow-origin", "*"), ("access-control-allow-credentials", "true"), ("vary", "x-ext-a"));
        using var answer = await SendAsync("GET", Reports + "/1", "ada", ("Origin", Known));
        Assert.Equal(Known, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal("Authorization,Origin", Header(answer, "Vary")!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("x-ext-total", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Contains("x-request-id", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);

        using var refused = await SendAsync("GET", "/api/host/extensions", null, ("Origin", Known));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(Known, Header(refused, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OPTIONS_that_is_no_preflight_is_told_what_the_manifest_declares(bool isConfigured)
    {
        using var known = await SendAsync(isConfigured, "OPTIONS", Reports + "/1", "ada");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, known.StatusCode);
        Assert.Equal("DELETE,GET,HEAD", string.Join(',', known.Content.Headers.Allow));
        Assert.Contains("method_not_allowed", await known.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await SendAsync(isConfigured, "OPTIONS", "/api/ext/" + GatewayHost.Extension + "/nothing", "ada");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var stranger = await SendAsync(isConfigured, "OPTIONS", Reports + "/1", null);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var list = await SendAsync(isConfigured, "OPTIONS", "/api/host/extensions", null);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET"), (list.StatusCode, string.Join(',', list.Content.Headers.Allow)));
    }

    [Fact]
    public async Task Where_no_origin_is_configured_no_origin_is_known()
    {
        using var preflight = await SendAsync(false, "OPTIONS", Reports + "/1", "ada", ("Origin", Known), ("Access-Control-Request-Method", "GET"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, preflight.StatusCode);
        Assert.Null(Header(preflight, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("https://*.example.com")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com,,https://other.example.com")]
    [InlineData("https://App.example.com")]
    [InlineData("https://app.example.com:443")]
    [InlineData("https://user@app.example.com")]
    [InlineData("http://app.example.com")]
    [InlineData("app.example.com")]
    [InlineData("https://bücher.example.com")]
    public void A_setting_that_is_no_list_of_exact_origins_is_a_fault(string value)
    {
        var faults = new ConfigurationFaults();
        CorsOrigins.Read(value, faults);
        Assert.StartsWith(GatewayOptions.CorsOriginsVariable, Assert.Single(faults.All), StringComparison.Ordinal);
    }

    [Fact]
    public void Exact_origins_are_taken_and_none_is_the_default()
    {
        var faults = new ConfigurationFaults();
        Assert.Equal(["https://app.example.com", "http://localhost:5173", "https://b.example:8443"], CorsOrigins.Read("https://app.example.com, http://localhost:5173,https://b.example:8443", faults));
        Assert.Empty(CorsOrigins.Read(null, faults));
        Assert.Empty(faults.All);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? user, params (string Name, string Value)[] headers) => SendAsync(true, method, path, user, headers);

    private async Task<HttpResponseMessage> SendAsync(bool isConfigured, string method, string path, string? user, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (user is not null) request.Headers.Add("Authorization", "Bearer " + user);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await (isConfigured ? gateway.Client : gateway.Host.Client).SendAsync(request);
    }

    /// <summary>A gateway without origins, and one with.</summary>
    public sealed class Gateway : IAsyncLifetime
    {
        private WebApplication configured = null!;

        internal GatewayHost Host { get; } = new();

        internal HttpClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            configured = Host.BuildWithOrigins(Known, "https://other.example.com");
            await configured.StartAsync();
            Client = new HttpClient { BaseAddress = new Uri(configured.Urls.Single()) };
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await configured.DisposeAsync();
            await Host.DisposeAsync();
        }

        internal void RunnerAnswers(params (string Name, string Value)[] headers) => Host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse
        {
            Status = 200,
            Body = Encoding.UTF8.GetBytes("{}"),
            Headers = headers.ToDictionary(header => header.Name, header => (IReadOnlyList<string>)[header.Value]),
            Usage = new ExecuteUsage(),
        }));
    }
}
