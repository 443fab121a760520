using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class FetchTests(EgressBench bench) : IClassFixture<EgressBench>
{
    [Fact]
    public void An_answer_reaches_the_guest_and_the_request_arrives_as_it_was_meant()
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        var response = run.Send("POST", "https://api.example.com/echo?a=%20b", "{\"é\":1}", new("content-type", "application/json"), new("X-Own", "1"), new("authorization", "Bearer t"));
        Assert.Equal(200, response.Status);
        Assert.Equal("Bearer t {\"é\":1}", response.Body.Text);
        Assert.Contains(new KeyValuePair<string, string>("x-echo", "Bearer t"), response.Headers);
        var (line, headers, _) = Assert.Single(bench.Received);
        Assert.Equal("POST api.example.com /echo?a=%20b HTTP/2", line);
        Assert.Equal("application/json", headers["content-type"]);
        Assert.Equal("1", headers["x-own"]);
        Assert.DoesNotContain("traceparent", headers.Keys);
        Assert.InRange(run.Calls.EgressBytes, 150, 800);
    }

    [Fact]
    public void Bytes_that_are_no_text_arrive_as_bytes()
    {
        using var run = bench.Begin();
        Assert.Equal([0xff, 0xfe, 0x00], run.Get("https://api.example.com/binary").Body.Binary!);
    }

    [Fact]
    public void Connections_are_reused_and_speak_http2()
    {
        using var run = bench.Begin();
        bench.Network.Connections.Clear();
        for (var i = 0; i < 5; i++) run.Get("https://api.example.com/");
        Assert.Single(bench.Network.Connections);
    }

    [Fact]
    public void Without_the_capability_it_is_denied_and_names_the_manifest_line()
    {
        using var run = bench.Begin(capabilities: []);
        Assert.Contains("Add \"http.fetch\" to \"capabilities\" in manifest.json", run.Fail(HttpErrorKind.Denied, "https://api.example.com/").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_was_not_granted_is_denied_and_names_the_manifest_line()
    {
        using var run = bench.Begin(egress: ["www.example.com"]);
        bench.Network.Connections.Clear();
        Assert.Contains("Add \"api.example.com\" to \"egress\" in manifest.json", run.Fail(HttpErrorKind.Denied, "https://api.example.com/").Message, StringComparison.Ordinal);
        Assert.Empty(bench.Network.Connections);
    }

    [Fact]
    public void The_allow_list_is_asked_for_each_request_not_for_each_connection()
    {
        using var run = bench.Begin(egress: ["www.example.com"]);
        Assert.Equal(200, run.Get("https://www.example.com/").Status);
        run.Fail(HttpErrorKind.Denied, "https://api.example.com/");
    }

    [Fact]
    public void The_operator_has_the_last_word()
    {
        using var run = bench.Begin(operatorHosts: ["www.example.com"]);
        Assert.Equal(200, run.Get("https://www.example.com/").Status);
        Assert.Contains("EXT_EGRESS_ALLOWLIST", run.Fail(HttpErrorKind.Denied, "https://api.example.com/").Message, StringComparison.Ordinal);
        run.Fail(HttpErrorKind.Denied, "https://api.example.com/redirect?to=https://api.example.com/");
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData(EgressBench.Address, "127.0.0.1")]
    [InlineData("fd00::1", EgressBench.Address)]
    public void A_name_with_any_address_that_is_not_public_is_refused_without_a_connection(params string[] addresses)
    {
        using var run = bench.Begin();
        bench.Network.Name("inside.example.com", addresses);
        bench.Network.Connections.Clear();
        var error = run.Fail(HttpErrorKind.Denied, "https://inside.example.com/");
        Assert.Empty(bench.Network.Connections);
        Assert.All(addresses, address => Assert.DoesNotContain(address, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_changes_its_address_between_look_ups_is_connected_to_what_was_judged_or_not_at_all()
    {
        var turn = 0;
        bench.Network.Name("rebind.example.com", () => turn++ % 2 == 0 ? [EgressBench.Address] : ["127.0.0.1"]);
        for (var i = 0; i < 4; i++)
        {
            using var run = bench.Begin();
            bench.Network.Connections.Clear();
            var lookups = bench.Network.Lookups;
            if (i % 2 == 0)
            {
                Assert.Equal(200, run.Get("https://rebind.example.com/").Status);
                Assert.Equal(EgressBench.Address, Assert.Single(bench.Network.Connections).Address.ToString());
            }
            else
            {
                run.Fail(HttpErrorKind.Denied, "https://rebind.example.com/");
                Assert.Empty(bench.Network.Connections);
            }

            Assert.Equal(1, bench.Network.Lookups - lookups);
        }
    }

    [Fact]
    public void An_address_that_does_not_answer_gives_way_to_the_next()
    {
        using var run = bench.Begin();
        bench.Network.Name("two.example.com", "1.1.1.1", EgressBench.Address);
        Assert.Equal(200, run.Get("https://two.example.com/").Status);
    }

    [Theory]
    [InlineData("https://missing.example.com/", "has no address")]
    [InlineData("https://wrong.example.org/", "no certificate that is trusted and names it")]
    public void A_host_that_is_not_there_or_not_who_it_should_be_is_unreachable(string url, string reason)
    {
        using var run = bench.Begin();
        Assert.Contains(reason, run.Fail(HttpErrorKind.Unreachable, url).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_port_is_unreachable_and_nothing_of_the_exception_is_told()
    {
        using var run = bench.Begin();
        bench.Network.Name("closed.example.com", "1.1.1.1");
        Assert.Equal("closed.example.com cannot be reached, or broke off.", run.Fail(HttpErrorKind.Unreachable, "https://closed.example.com/").Message);
        Assert.DoesNotContain(run.Lines.Lines, line => line.Text.Contains("1.1.1.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    [InlineData("get")]
    [InlineData("G\r\nT")]
    public void Methods_are_a_closed_set(string method)
    {
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Invalid, "https://api.example.com/", method: method);
    }

    [Fact]
    public void No_cookie_goes_either_way()
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        var first = run.Get("https://api.example.com/cookie");
        Assert.DoesNotContain(first.Headers, header => header.Key == "set-cookie");
        Assert.Contains(first.Headers, header => header.Key == "x-kept");
        run.Get("https://api.example.com/cookie");
        Assert.All(bench.Received, request => Assert.DoesNotContain("cookie", request.Headers.Keys));
        run.Fail(HttpErrorKind.Invalid, "https://api.example.com/", headers: new KeyValuePair<string, string>("cookie", "a=b"));
    }

    [Fact]
    public void An_invocation_makes_so_many_requests_and_no_more()
    {
        using var run = bench.Begin();
        for (var i = 0; i < FetchLimits.MaxRequests; i++) run.Get("https://api.example.com/");
        Assert.Contains("at most 50", run.Fail(HttpErrorKind.Invalid, "https://api.example.com/").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_has_so_many_requests_under_way_and_no_more()
    {
        using var run = bench.Begin();
        for (var i = 0; i < FetchLimits.MaxConcurrentPerTenant; i++) Assert.True(run.Shared.Slots.TryEnter(Invocation.Acme));
        Assert.Contains("under way", run.Fail(HttpErrorKind.Unreachable, "https://api.example.com/").Message, StringComparison.Ordinal);
        run.Shared.Slots.Leave(Invocation.Acme);
        Assert.Equal(200, run.Get("https://api.example.com/").Status);
        Assert.Equal(200, run.Get("https://api.example.com/").Status);
    }

    [Fact]
    public void With_no_time_left_nothing_is_sent()
    {
        using var run = bench.Begin(timeoutMs: 1);
        SpinWait.SpinUntil(() => false, 20);
        run.Fail(HttpErrorKind.Timeout, "https://api.example.com/");
    }

    [Fact]
    public void A_secret_that_may_not_be_used_is_not_replaced_by_nothing()
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        var error = run.Fail(HttpErrorKind.Denied, "https://api.example.com/", headers: new KeyValuePair<string, string>("authorization", "Bearer {{secret:api-key}}"));
        Assert.Contains($"Add \"{Capability.SecretsGet}\"", error.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Received);
    }
}
