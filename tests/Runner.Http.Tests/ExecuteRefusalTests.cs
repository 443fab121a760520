using System.Net;
using System.Net.Sockets;
using System.Text;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.ServiceTokens;
using Alga.Extensions.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>What the execute endpoint does not let in.</summary>
public sealed class ExecuteRefusalTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task Without_a_token_nobody_gets_in()
    {
        var request = await runner.RequestAsync("hello");
        using var response = await runner.PostAsync(RunnerFixture.Serialize(request), null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unauthenticated", await RunnerFixture.CodeAsync(response));
    }

    [Fact]
    public async Task Without_a_token_nobodys_body_is_waited_for()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(runner.Client.BaseAddress!.Host, runner.Client.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/execute HTTP/1.1\r\nHost: runner\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\nAuthorization: Bearer x\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_token_that_expires_while_its_body_is_on_the_way_is_refused()
    {
        var request = await runner.RequestAsync("hello");
        var bytes = RunnerFixture.Serialize(request);
        // Good for about a second more when it is sent.
        var issued = new ManualTime();
        issued.Advance(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1) - ServiceToken.Lifetime - ServiceToken.ClockSkew - issued.GetUtcNow());
        var token = runner.Token(request, bytes, issued);
        using var client = new TcpClient();
        await client.ConnectAsync(runner.Client.BaseAddress!.Host, runner.Client.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/execute HTTP/1.1\r\nHost: runner\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\nAuthorization: Bearer {token}\r\n\r\n"));
        await Task.Delay(2_500);
        await stream.WriteAsync(bytes);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_token_is_good_for_one_request()
    {
        var request = await runner.RequestAsync("hello");
        var bytes = RunnerFixture.Serialize(request);
        var token = runner.Token(request, bytes);
        using var first = await runner.PostAsync(bytes, token);
        Assert.True(first.IsSuccessStatusCode);
        using var second = await runner.PostAsync(bytes, token);
        Assert.Equal("unauthenticated", await RunnerFixture.CodeAsync(second));
    }

    [Fact]
    public async Task A_runner_that_cannot_remember_more_tokens_is_overloaded_and_still_refuses_used_ones()
    {
        await using var full = await runner.StartAsync(more: services => services.AddSingleton(new ReplayGuard(TimeProvider.System, capacity: 1)));
        using var client = await RunnerFixture.ReadyAsync(full);
        var request = await runner.RequestAsync("hello");
        var bytes = RunnerFixture.Serialize(request);
        var token = runner.Token(request, bytes);
        using var first = await runner.PostAsync(bytes, token, client);
        Assert.True(first.IsSuccessStatusCode);

        var next = await runner.RequestAsync("hello");
        var nextBytes = RunnerFixture.Serialize(next);
        using var refused = await runner.PostAsync(nextBytes, runner.Token(next, nextBytes), client);
        Assert.Equal("overloaded", await RunnerFixture.CodeAsync(refused));
        Assert.NotNull(refused.Headers.RetryAfter);
        using var again = await runner.PostAsync(bytes, token, client);
        Assert.Equal("unauthenticated", await RunnerFixture.CodeAsync(again));
    }

    [Fact]
    public async Task A_body_that_was_changed_after_the_token_was_made_is_refused()
    {
        var request = await runner.RequestAsync("hello");
        var bytes = RunnerFixture.Serialize(request);
        var other = RunnerFixture.Serialize(request with { Context = request.Context with { TenantId = RunnerFixture.Globex } });
        using var response = await runner.PostAsync(other, runner.Token(request, bytes));
        Assert.Equal("unauthenticated", await RunnerFixture.CodeAsync(response));
    }

    public static TheoryData<string> Fields => ["request", "tenant", "install", "extension", "version", "hash", "method", "path", "providers"];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_body_that_disagrees_with_its_token_is_forbidden(string field)
    {
        var request = await runner.RequestAsync("hello");
        var context = request.Context;
        var other = Guid.Parse("01936b2e-0000-7000-8000-0000000000ff");
        var changed = field switch
        {
            "request" => request with { Context = context with { RequestId = other } },
            "tenant" => request with { Context = context with { TenantId = RunnerFixture.Globex } },
            "install" => request with { Context = context with { InstallId = other } },
            "extension" => request with { Context = context with { ExtensionId = "com.alga.samples.other" } },
            "version" => request with { Context = context with { VersionId = other } },
            "hash" => request with { Context = context with { ContentHash = "sha256:" + new string('0', 64) } },
            "method" => request with { Http = request.Http with { Method = "POST" } },
            "path" => request with { Http = request.Http with { Path = "/other" } },
            _ => request with { Providers = [.. request.Providers, "cap:http.fetch"] },
        };
        // The token is for these very bytes, and still says something else than they do.
        var bytes = RunnerFixture.Serialize(changed);
        using var response = await runner.PostAsync(bytes, runner.Token(request, bytes));
        Assert.Equal("forbidden", await RunnerFixture.CodeAsync(response));
    }

    [Fact]
    public async Task A_request_without_a_method_is_invalid_and_reaches_no_guest()
    {
        var request = await runner.RequestAsync("hello");
        var nameless = request with { Http = request.Http with { Method = "" } };
        Assert.Equal("invalid_request", await runner.RefuseAsync(nameless));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task What_is_not_an_execute_request_is_invalid(string body)
    {
        var request = await runner.RequestAsync("hello");
        var bytes = Encoding.UTF8.GetBytes(body);
        using var response = await runner.PostAsync(bytes, runner.Token(request, bytes));
        Assert.Equal("invalid_request", await RunnerFixture.CodeAsync(response));
    }

    [Theory]
    [InlineData("\"params\":{}", "\"params\":{\"a\":null}")]
    [InlineData("\"query\":{}", "\"query\":{\"a\":null}")]
    [InlineData("\"query\":{}", "\"query\":{\"a\":[\"b\",null]}")]
    [InlineData("\"query\":{}", "\"query\":{\"a\":\"\\ud800\"}")]
    [InlineData("\"query\":{}", "\"query\":{\"a\":\"\u00ff\"}")]
    [InlineData("\"query\":{}", "\"query\":{\"\u00ff\":\"a\"}")]
    [InlineData("\"query\":{}", "\"query\":{\"a\":1,\"a\":2}")]
    [InlineData("\"cap:metrics.emit\"", "null")]
    [InlineData("\"roles\":[]", "\"roles\":[null]")]
    [InlineData("\"egress\":[]", "\"egress\":null,\"egress\":[]")]
    [InlineData("{\"name\":\"a\",\"max_age_days\":null}", "null")]
    [InlineData("\"max_age_days\":null", "\"max_age_days\":2147483647")]
    [InlineData("\"config\":{}", "\"config\":{\"a\":{DEEP}}")]
    [InlineData("\"timeout_ms\":20000", "\"timeout_ms\":99999999999999999999")]
    [InlineData("\"timeout_ms\":20000", "\"timeout_ms\":2e4")]
    [InlineData("\"timeout_ms\":20000", "\"timeout_ms\":1.5")]
    [InlineData("\"limits\":{", "\"limits\":{\"other\":1,")]
    [InlineData("}", "} {}")]
    [InlineData("}", "")]
    public async Task A_request_that_is_broken_anywhere_is_refused_and_not_a_fault(string part, string broken)
    {
        var request = await runner.RequestAsync("calls", "/context") with { User = new ExecuteUser { Id = "u" }, Secrets = [new ExecuteSecret("a")] };
        var text = Encoding.Latin1.GetString(RunnerFixture.Serialize(request));
        var at = text.LastIndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        var bytes = Encoding.Latin1.GetBytes(text[..at] + broken.Replace("{DEEP}", new string('[', 100) + new string(']', 100), StringComparison.Ordinal) + text[(at + part.Length)..]);
        using var response = await runner.PostAsync(bytes, runner.Token(request, bytes));
        Assert.Contains(await RunnerFixture.CodeAsync(response), new[] { "invalid_request", "forbidden" });
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(-1, null, null)]
    [InlineData(30_001, null, null)]
    [InlineData(null, 0, null)]
    [InlineData(null, 257, null)]
    [InlineData(null, null, 0L)]
    [InlineData(null, null, -5L)]
    public async Task Limits_out_of_range_are_invalid(int? timeoutMs, int? memoryMb, long? fuel)
    {
        var request = await runner.RequestAsync("hello");
        Assert.Equal("invalid_request", await runner.RefuseAsync(request with
        {
            Limits = new ExecuteLimits { TimeoutMs = timeoutMs, MemoryMb = memoryMb, Fuel = fuel },
        }));
    }

    [Fact]
    public async Task A_body_beyond_all_bounds_is_refused_by_its_length()
    {
        var request = await runner.RequestAsync("hello");
        using var response = await runner.PostAsync(new byte[ExecuteEndpoint.MaxRequestBytes + 1], runner.Token(request, []));
        Assert.Equal("body_too_large", await RunnerFixture.CodeAsync(response));
    }
}
