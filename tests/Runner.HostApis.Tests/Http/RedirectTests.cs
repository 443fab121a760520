using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class RedirectTests(EgressBench bench) : IClassFixture<EgressBench>
{
    private static readonly KeyValuePair<string, string>[] Headers = [new("authorization", "Bearer canary"), new("content-type", "text/plain"), new("x-own", "canary")];

    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "PUT", "PUT")]
    [InlineData(302, "PUT", "PUT")]
    public void On_the_same_origin_headers_stay_and_the_method_is_what_the_status_says(int status, string method, string then)
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        Assert.Equal(200, run.Send(method, $"https://api.example.com/redirect?status={status}&to=/next", "body", Headers).Status);
        var (line, headers, body) = bench.Received.Last();
        Assert.Equal($"{then} api.example.com /next HTTP/2", line);
        Assert.Equal("Bearer canary", headers["authorization"]);
        Assert.Equal(then == "GET" ? "" : "body", body);
        Assert.Equal(then != "GET", headers.ContainsKey("content-type"));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public void On_another_origin_every_header_of_the_guest_is_dropped(int status)
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        run.Send("POST", $"https://api.example.com/redirect?status={status}&to=https://www.example.com/next", "body", Headers);
        var (line, headers, _) = bench.Received.Last();
        Assert.Contains("www.example.com /next", line, StringComparison.Ordinal);
        Assert.DoesNotContain(headers, header => header.Value.Contains("canary", StringComparison.Ordinal) || header.Key == "content-type");
    }

    [Fact]
    public void Headers_do_not_come_back_when_a_chain_returns_to_the_first_origin()
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        run.Get("https://api.example.com/redirect?to=https%3A%2F%2Fwww.example.com%2Fredirect%3Fto%3Dhttps%3A%2F%2Fapi.example.com%2Flast", Headers);
        var (line, headers, _) = bench.Received.Last();
        Assert.Contains("api.example.com /last", line, StringComparison.Ordinal);
        Assert.DoesNotContain("authorization", headers.Keys);
    }

    [Theory]
    [InlineData("http://api.example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://localhost/")]
    [InlineData("https://api.example.com:8443/")]
    [InlineData("https://user@api.example.com/")]
    [InlineData("//169.254.169.254/metadata")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://other.example.net/")]
    public void A_redirect_to_where_the_guest_may_not_go_is_denied(string to)
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        run.Fail(HttpErrorKind.Denied, "https://api.example.com/redirect?to=" + Uri.EscapeDataString(to));
        Assert.Single(bench.Received);
    }

    [Fact]
    public void A_redirect_to_a_granted_name_with_a_private_address_is_denied()
    {
        using var run = bench.Begin();
        bench.Network.Name("turned.example.com", "10.0.0.1");
        run.Fail(HttpErrorKind.Denied, "https://api.example.com/redirect?to=https://turned.example.com/");
    }

    [Fact]
    public void The_fourth_redirect_is_not_followed()
    {
        using var run = bench.Begin();
        bench.Received.Clear();
        Assert.Contains("redirects", run.Fail(HttpErrorKind.Unreachable, "https://api.example.com/loop").Message, StringComparison.Ordinal);
        Assert.Equal(4, bench.Received.Count);
    }
}
