using System.Net.Sockets;
using System.Text;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Requests byte by byte to an extension: what does not reach the runner, and what it gets of what does.</summary>
public sealed class RawRequestTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Root = "/api/ext/" + GatewayHost.Extension;

    [Theory]
    [InlineData("/files/%C0%AE%C0%AE/a")]
    [InlineData("/files/%C0%AFa")]
    [InlineData("/files/%E0%80%AF")]
    [InlineData("/files/%ED%A0%80")]
    [InlineData("/files/%F4%90%80%80")]
    [InlineData("/files/%EF%BF%BD")]
    [InlineData("/files/%u0041")]
    [InlineData("/files/%")]
    [InlineData("/files/%2")]
    [InlineData("/files/%zz")]
    [InlineData("/files/a%00")]
    [InlineData("/files/a%0d%0aX-A:b")]
    [InlineData("/files/%C2%85")]
    [InlineData("/files/%7f")]
    [InlineData("/files/..;/a")]
    [InlineData("/files/..%2fa")]
    [InlineData("/files/%252e%252e/a")]
    [InlineData("/files/a b")]
    [InlineData("/files/\u00e9")]
    public Task A_target_that_is_no_plain_path_reaches_no_extension(string path) => AssertUnsentAsync($"GET {Root}{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\n", "HTTP/1.1 400 ");

    [Theory]
    [InlineData("TRACE", "404")]
    [InlineData("CONNECT", "404")]
    [InlineData("EVENT", "404")]
    [InlineData("PROPFIND", "404")]
    [InlineData("get", "400")]
    [InlineData("Delete", "400")]
    [InlineData("GET\t", "400")]
    [InlineData("G E T", "400")]
    public Task A_method_that_is_none_of_an_extension_reaches_none(string method, string status) =>
        AssertUnsentAsync($"{method} {Root}/reports/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\n", $"HTTP/1.1 {status} ");

    [Theory]
    [InlineData("Authorization: Bearer ada\r\nAuthorization: Bearer linus", "401")]
    [InlineData("Authorization: Bearer ada, Bearer ada", "401")]
    [InlineData("Authorization : Bearer ada", "400")]
    [InlineData("Authorization_: Bearer ada", "401")]
    [InlineData("Proxy-Authorization: Bearer ada", "401")]
    [InlineData("X-MS-CLIENT-PRINCIPAL: e30=\r\nX-Tenant-Id: 01936b2e-0000-7000-8000-00000000ac3e", "401")]
    [InlineData("Cookie: Authorization=Bearer%20ada", "401")]
    public Task What_is_not_one_token_in_its_place_is_none(string header, string status) =>
        AssertUnsentAsync($"GET {Root}/reports/1 HTTP/1.1\r\nHost: x\r\n{header}\r\n", $"HTTP/1.1 {status} ");

    [Fact]
    public async Task Headers_that_claim_another_method_path_host_or_tenant_change_nothing_and_go_no_further()
    {
        Answers();
        var answer = await SendAsync(
            $"GET {Root}/reports/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nX-HTTP-Method-Override: DELETE\r\nX-Original-URL: /api/host/extensions\r\nX-Rewrite-URL: /x\r\n"
            + "X-Forwarded-Host: evil\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4;host=evil\r\nX-Tenant-Id: 01936b2e-0000-7000-8000-0000000910be\r\nX-Request-Id: mine\r\n"
            + "X-Ext-A: 1\r\nX-Ext_B: 2\r\nX_Ext_C: 3\r\nConnection: X-Ext-A\r\nRange: bytes=0-0\r\nExpect: 200-ok\r\ntraceparent: ff-00-00-zz\r\ntracestate: " + new string('a', 4000) + "\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var request = host.Runner.Last!;
        Assert.Equal(("GET", "/reports/1", GatewayHost.Acme), (request.Http.Method, request.Http.Path, request.Context.TenantId));
        Assert.Empty(request.Http.Headers);
    }

    [Fact]
    public async Task Connection_with_bytes_that_are_no_text_is_a_bad_request()
    {
        var answer = await SendAsync($"GET {Root}/reports/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nConnection: close, \u00ff\u00fe\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection: X-Ext-A")]
    [InlineData("Connection: close, X-Ext-A")]
    [InlineData("Connection: keep-alive, X-Ext-A")]
    [InlineData("Connection: upgrade, X-Ext-A\r\nUpgrade: h2c")]
    [InlineData("Connection: X-EXT-A , Close")]
    [InlineData("Connection: keep-alive\r\nConnection: X-Ext-A")]
    [InlineData("Connection: x-ext-a\r\nConnection: close")]
    [InlineData("Connection:\t,,x-ext-a,,\t")]
    [InlineData("Connection: Authorization, X-Ext-A")]
    public async Task What_Connection_names_goes_no_further_whatever_stands_beside_it(string connection)
    {
        Answers();
        var answer = await SendAsync($"GET {Root}/reports/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nX-Ext-A: 1\r\nX-Ext-B: 2\r\n{connection}\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(["x-ext-b"], host.Runner.Last!.Http.Headers.Keys);
    }

    [Fact]
    public async Task A_query_arrives_as_it_was_written_however_odd()
    {
        Answers();
        var answer = await SendAsync($"GET {Root}/reports/1?a=1&A=2&a=3&=x&y&&z=&p=%2B+%26&bad=%zz&half=% HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var query = host.Runner.Last!.Http.Query.ToDictionary(pair => pair.Key, pair => string.Join('|', pair.Value));
        Assert.Equal(
            new Dictionary<string, string> { ["a"] = "1|3", ["A"] = "2", [""] = "x", ["y"] = "", ["z"] = "", ["p"] = "+ &", ["bad"] = "%zz", ["half"] = "%" },
            query);
    }

    [Fact]
    public async Task As_many_parameters_as_a_target_has_room_for_arrive()
    {
        Answers();
        var answer = await SendAsync($"GET {Root}/reports/1?{string.Join('&', Enumerable.Repeat("a", 4_000))} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(4_000, host.Runner.Last!.Http.Query["a"].Count);
    }

    private void Answers() => host.Runner.Answer = _ => Task.FromResult(FakeRunner.Json(new ExecuteResponse { Status = 200, Usage = new ExecuteUsage() }));

    private async Task AssertUnsentAsync(string request, string start)
    {
        Answers();
        var calls = host.Runner.Calls;
        Assert.StartsWith(start, await SendAsync(request), StringComparison.Ordinal);
        Assert.Equal(calls, host.Runner.Calls);
    }

    private async Task<string> SendAsync(string head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Client.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head + "\r\nGET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
