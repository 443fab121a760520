using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Real HTTP through the function app, PostgreSQL and a runner's socket.</summary>
public sealed class GatewayTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Root = "/api/ext/" + GatewayHost.Extension;

    private async Task<HttpResponseMessage> SendAsync(string method, string target, string? user = "ada", HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), target) { Content = content };
        if (user is not null) message.Headers.Add("Authorization", "Bearer " + user);
        foreach (var (name, value) in headers) Assert.True(message.Headers.TryAddWithoutValidation(name, value));
        return await host.Client.SendAsync(message);
    }

    private void RunnerAnswers(int status = 200, string? body = "hello", params (string Name, string Value)[] headers) =>
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse
        {
            Status = status,
            Body = body is null ? null : Encoding.UTF8.GetBytes(body),
            Headers = headers.ToDictionary(header => header.Name, header => (IReadOnlyList<string>)[header.Value]),
            Usage = new ExecuteUsage(),
        }));

    private static async Task<ProblemBody> AssertProblemAsync(HttpResponseMessage response, ErrorCode code)
    {
        var problem = (await response.Content.ReadFromJsonAsync(ProblemJson.Default.ProblemBody))!;
        Assert.Equal((ErrorTable.Describe(code).Name, ErrorTable.Describe(code).Status), (problem.Code, (int)response.StatusCode));
        Assert.Equal(Assert.Single(response.Headers.GetValues("x-request-id")), problem.RequestId);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return problem;
    }

    private async Task AssertRefusedUnsentAsync(Task<HttpResponseMessage> call, ErrorCode code)
    {
        var calls = host.Runner.Calls;
        using var response = await call;
        await AssertProblemAsync(response, code);
        Assert.Equal(calls, host.Runner.Calls);
    }

    [Fact]
    public async Task A_request_reaches_the_runner_whole_and_its_answer_the_caller()
    {
        RunnerAnswers(201, "made", ("content-type", "text/plain"), ("x-ext-a", "1"), ("etag", "\"e\""), ("set-cookie", "a=b"), ("location", "/reports/8"));
        using var response = await SendAsync("POST", Root + "/reports?tag=b&tag=a&Tag=c&q=x%20y", "ada", new StringContent("{\"a\":1}", Encoding.UTF8, "application/json"),
            ("Cookie", "s=1"), ("X-Ext-Trace", "t"), ("x-request-id", "mine"), ("X-Forwarded-For", "1.2.3.4"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("made", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("x-ext-a")));
        Assert.Equal(Root + "/reports/8", response.Headers.Location?.OriginalString);
        Assert.False(response.Headers.Contains("set-cookie"));
        Assert.Contains("sandbox", Assert.Single(response.Headers.GetValues("content-security-policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("x-content-type-options")));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());

        var request = host.Runner.Last!;
        Assert.Equal(Assert.Single(response.Headers.GetValues("x-request-id")), request.Context.RequestId.ToString());
        Assert.Equal((GatewayHost.Acme, GatewayHost.AcmeInstall, GatewayHost.VersionId), (request.Context.TenantId, request.Context.InstallId, request.Context.VersionId));
        Assert.Equal((GatewayHost.Extension, "1.2.3", GatewayHost.Hash), (request.Context.ExtensionId, request.Context.Version, request.Context.ContentHash));
        Assert.Equal(("hi", 3), (request.Context.Config["greeting"].GetString(), request.Context.Config["depth"].GetInt32()));
        Assert.Equal(("POST", "/reports", "/reports"), (request.Http.Method, request.Http.Path, request.Http.Endpoint));
        Assert.Equal(["b", "a"], request.Http.Query["tag"]);
        Assert.Equal(["c"], request.Http.Query["Tag"]);
        Assert.Equal(["x y"], request.Http.Query["q"]);
        Assert.Equal(["content-type", "x-ext-trace"], request.Http.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(request.Http.Body!));
        Assert.Equal(["cap:http.fetch", "cap:secrets.get", "cap:storage.kv"], request.Providers);
        Assert.Equal(["*.example.org"], request.Egress);
        Assert.Equal([new ExecuteSecret("api-key", 90), new ExecuteSecret("other")], request.Secrets);
        Assert.Equal((100, 32), (request.Limits.TimeoutMs, request.Limits.MemoryMb));
        Assert.Equal("ada", request.User!.Id);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", host.Runner.TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_install_answers_by_its_id_too_and_parameters_are_decoded_once()
    {
        RunnerAnswers();
        using var response = await SendAsync("GET", $"/api/ext/{GatewayHost.AcmeInstall}/reports/a%20b");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("a b", host.Runner.Last!.Http.Params["id"]);
        Assert.Null(host.Runner.Last.Http.Body);
        Assert.Equal(2_500, host.Runner.Last.Limits.TimeoutMs);
    }

    [Fact]
    public async Task HEAD_asks_the_endpoint_of_GET_and_has_no_body()
    {
        RunnerAnswers();
        using var response = await SendAsync("HEAD", Root + "/reports/1");
        Assert.Equal("GET", host.Runner.Last!.Http.Method);
        Assert.Equal(5, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public Task Without_a_token_it_is_unauthenticated() => AssertRefusedUnsentAsync(SendAsync("GET", Root + "/reports/1", null), ErrorCode.Unauthenticated);

    [Fact]
    public Task Without_a_tenant_it_is_forbidden() => AssertRefusedUnsentAsync(SendAsync("GET", Root + "/reports/1", "dev"), ErrorCode.Forbidden);

    [Theory]
    [InlineData("com.acme.other", "ada")]
    [InlineData("not-a-name", "ada")]
    [InlineData("01936b2e-0000-7000-8000-0000000000ff", "ada")]
    [InlineData(GatewayHost.Extension, "linus")]
    [InlineData("01936b2e-0000-7000-8000-000000000001", "linus")]
    public Task What_the_tenant_has_not_installed_is_not_there(string extension, string user) =>
        AssertRefusedUnsentAsync(SendAsync("GET", $"/api/ext/{extension}/reports/1", user), ErrorCode.ExtensionNotInstalled);

    [Fact]
    public Task A_disabled_extension_is_refused() =>
        AssertRefusedUnsentAsync(SendAsync("GET", $"/api/ext/{GatewayHost.DisabledExtension}/reports/1"), ErrorCode.ExtensionDisabled);

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/reports")]
    [InlineData("GET", "/Reports/1")]
    [InlineData("GET", "/reports/1/2")]
    [InlineData("PATCH", "/reports/1")]
    [InlineData("HEAD", "/reports")]
    public async Task What_the_manifest_does_not_declare_is_not_there(string method, string path)
    {
        using var response = await SendAsync(method, Root + path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        if (method != "HEAD") await AssertProblemAsync(response, ErrorCode.EndpointNotFound);
    }

    [Fact]
    public async Task A_role_that_is_missing_is_named()
    {
        using var refused = await SendAsync("DELETE", Root + "/reports/1", "grace");
        Assert.Contains("tenant_admin", (await AssertProblemAsync(refused, ErrorCode.Forbidden)).Detail, StringComparison.Ordinal);
        RunnerAnswers(204, null);
        using var allowed = await SendAsync("DELETE", Root + "/reports/1", "ada");
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/reports", 1000)]
    [InlineData("PUT", "/large", PlatformLimits.MaxTextBodyBytes)]
    public async Task A_body_passes_at_its_cap_and_not_beyond(string method, string path, int cap)
    {
        RunnerAnswers();
        using var whole = await SendAsync(method, Root + path, content: new ByteArrayContent(new byte[cap]));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(cap, host.Runner.Last!.Http.Body!.Length);
        using var larger = await SendAsync(method, Root + path, content: new ByteArrayContent(new byte[cap + 1]));
        await AssertProblemAsync(larger, ErrorCode.BodyTooLarge);
    }

    [Fact]
    public async Task An_answer_of_ten_MiB_arrives_whole()
    {
        RunnerAnswers(200, new string('a', PlatformLimits.MaxTextBodyBytes));
        using var response = await SendAsync("GET", Root + "/reports/1");
        Assert.Equal(PlatformLimits.MaxTextBodyBytes, (await response.Content.ReadAsByteArrayAsync()).Length);
        RunnerAnswers(200, new string('a', PlatformLimits.MaxTextBodyBytes + 1));
        using var larger = await SendAsync("GET", Root + "/reports/1");
        await AssertProblemAsync(larger, ErrorCode.InvalidResponse);
    }

    [Theory]
    [InlineData("/files/a%2Fb")]
    [InlineData("/files/a%5Cb")]
    [InlineData("/files/a\\b")]
    [InlineData("/files/a%252Fb")]
    [InlineData("/files/a%25b")]
    [InlineData("/files/a;b")]
    [InlineData("/files/a%3Bb")]
    [InlineData("/files//a")]
    [InlineData("//files/a")]
    [InlineData("/files/%FF")]
    [InlineData("/files/%01")]
    public async Task An_ambiguous_path_is_refused(string path)
    {
        var calls = host.Runner.Calls;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Client.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {Root}{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("invalid_request", answer, StringComparison.Ordinal);
        Assert.Equal(calls, host.Runner.Calls);
    }

    [Fact]
    public Task A_long_path_is_refused() =>
        AssertRefusedUnsentAsync(SendAsync("GET", $"{Root}/reports/1?q={new string('a', 8 * 1024)}"), ErrorCode.InvalidRequest);

    [Fact]
    public Task Many_headers_are_refused() => AssertRefusedUnsentAsync(
        SendAsync("GET", Root + "/reports/1", "ada", null, [.. Enumerable.Range(0, 65).Select(index => ($"x-ext-{index}", "v"))]), ErrorCode.HeadersTooLarge);

    [Theory]
    [InlineData("guest_trap", ErrorCode.GuestTrap)]
    [InlineData("memory_limit", ErrorCode.MemoryLimit)]
    [InlineData("timeout", ErrorCode.Timeout)]
    [InlineData("forbidden", ErrorCode.Internal)]
    [InlineData("surprise", ErrorCode.Internal)]
    public async Task A_guest_that_was_stopped_is_told_by_its_code(string code, ErrorCode expected)
    {
        host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 502, Error = new ExecuteError(code, "m"), Usage = new ExecuteUsage() }));
        using var response = await SendAsync("GET", Root + "/reports/1");
        await AssertProblemAsync(response, expected);
    }

    [Theory]
    [InlineData(ErrorCode.Unauthenticated, ErrorCode.RunnerUnavailable)]
    [InlineData(ErrorCode.Forbidden, ErrorCode.Internal)]
    [InlineData(ErrorCode.BundleUnavailable, ErrorCode.BundleUnavailable)]
    [InlineData(ErrorCode.Overloaded, ErrorCode.Overloaded)]
    public async Task A_problem_of_the_runner_is_the_callers_only_when_it_is_about_the_extension(ErrorCode code, ErrorCode expected)
    {
        host.Runner.Answer = _ => Task.FromResult<IResult>(new ProblemResult(new Refusal(code, "d")));
        using var response = await SendAsync("GET", Root + "/reports/1");
        await AssertProblemAsync(response, expected);
    }

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    public async Task A_status_that_is_none_is_an_invalid_answer(int status)
    {
        RunnerAnswers(status);
        using var response = await SendAsync("GET", Root + "/reports/1");
        await AssertProblemAsync(response, ErrorCode.InvalidResponse);
    }

    [Fact]
    public async Task A_runner_that_is_slow_is_a_timeout()
    {
        host.Runner.Answer = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return Results.Empty;
        };
        using var response = await SendAsync("GET", Root + "/reports/1");
        await AssertProblemAsync(response, ErrorCode.Timeout);
    }

    [Fact]
    public async Task A_runner_that_is_gone_is_unavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var gateway = host.BuildWithRunner(new Uri($"http://127.0.0.1:{port}"));
        await gateway.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer ada");
        using var response = await client.GetAsync(Root + "/reports/1");
        await AssertProblemAsync(response, ErrorCode.RunnerUnavailable);
    }

    [Fact]
    public async Task A_redirect_of_the_runner_is_not_followed()
    {
        host.Runner.Answer = _ => Task.FromResult(Results.Redirect("/elsewhere"));
        using var response = await SendAsync("GET", Root + "/reports/1");
        await AssertProblemAsync(response, ErrorCode.Internal);
    }

    [Fact]
    public async Task Health_needs_no_token()
    {
        using var response = await SendAsync("GET", "/api/health", null);
        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync());
    }
}
