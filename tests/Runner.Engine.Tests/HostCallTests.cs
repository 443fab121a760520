namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>Every import, with what crosses in each direction.</summary>
public sealed class HostCallTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Context_reaches_the_guest()
    {
        Assert.Equal("tenant-é", sandbox.Answer("calls", Sandbox.Request("/context")).Body.Text);
        Assert.Equal("current", Assert.Single(sandbox.Host.Calls));
    }

    [Theory]
    [InlineData("/log", "hello", "log Warn hello a=1,b=2")]
    [InlineData("/metric", "calls.total", "metric Histogram calls.total 1.5 a=1,b=2")]
    public void What_gives_no_result_reaches_the_host(string path, string body, string call)
    {
        var request = Sandbox.Request(path, body) with { Query = [new("a", "1"), new("b", "2")] };
        Assert.Equal(204, sandbox.Answer("calls", request).Status);
        Assert.Equal(call, Assert.Single(sandbox.Host.Calls));
    }

    [Theory]
    [InlineData("/get", "key", 200, "{\"v\":1}", "get GET key")]
    [InlineData("/get", "missing", 404, null, "get GET missing")]
    [InlineData("/put", "[1]", 200, "[1]", "put GET StorageWrite { Key = 200, Value = [1], IfRevision = 7, TtlSeconds = 60 }")]
    [InlineData("/delete", "key", 200, null, "delete GET key ")]
    [InlineData("/delete", "missing", 404, null, "delete GET missing ")]
    [InlineData("/scan", "cursor", 200, "next", "scan GET 200 cursor 5")]
    [InlineData("/Secret", "name", 200, "s3cret", "secret name")]
    [InlineData("/Secret", "denied", 599, "no", "secret denied")]
    [InlineData("/Names", null, 200, "first", "names")]
    public void What_gives_a_result_crosses_both_ways(string path, string? body, int status, string? answer, string call)
    {
        var response = sandbox.Answer("calls", Sandbox.Request(path, body));
        Assert.Equal(status, response.Status);
        Assert.Equal(answer, response.Body.Text);
        Assert.Equal(call, Assert.Single(sandbox.Host.Calls));
    }

    [Fact]
    public void A_commit_carries_its_changes_in_order()
    {
        Assert.Equal("first", sandbox.Answer("calls", Sandbox.Request("/Commit", "1")).Body.Text);
        Assert.Equal(
            "commit GET StorageChange { Key = 200, Write = StorageWrite { Key = 200, Value = 1, IfRevision = 3, TtlSeconds =  }, IfRevision = 3 }"
            + " | StorageChange { Key = 200, Write = , IfRevision =  }",
            Assert.Single(sandbox.Host.Calls));
    }

    [Fact]
    public void An_outgoing_request_crosses_both_ways()
    {
        var request = Sandbox.Request("/http", "text") with { Endpoint = "https://x", Headers = [new("a", "b")] };
        Assert.Equal(202, sandbox.Answer("calls", request).Status);
        Assert.Equal("fetch GET https://x a=b text 20000", Assert.Single(sandbox.Host.Calls));
    }

    [Theory]
    [InlineData(StorageErrorKind.Denied)]
    [InlineData(StorageErrorKind.Conflict)]
    [InlineData(StorageErrorKind.Invalid)]
    [InlineData(StorageErrorKind.QuotaExceeded)]
    [InlineData(StorageErrorKind.Unavailable)]
    public void Each_storage_error_reaches_the_guest_with_its_message(StorageErrorKind kind)
    {
        sandbox.Host.StorageError = new HostError<StorageErrorKind>(kind, $"because {kind}");
        foreach (var path in (string[])["/get", "/put", "/delete", "/scan", "/Commit"])
        {
            var response = sandbox.Answer("calls", Sandbox.Request(path, "x"));
            Assert.Equal(599, response.Status);
            Assert.Equal($"because {kind}", response.Body.Text);
        }
    }
}
