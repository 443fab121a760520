using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge.Tests;

/// <summary>Requests byte by byte, as no client of ours would write them: each is followed by a second one that must never come about.</summary>
public sealed class RequestFormTests
{
    private const string Second = "POST /second HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string End = "0\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked", End)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 60", End)]
    [InlineData("Transfer-Encoding: identity, chunked", End)]
    [InlineData("Transfer-Encoding: gzip, chunked", End)]
    [InlineData("Transfer-Encoding: chunked, chunked", End)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", End)]
    [InlineData("Transfer-Encoding: chunked, identity", End)]
    [InlineData("Transfer-Encoding: xchunked", End)]
    [InlineData("Transfer-Encoding: chunked;q=1", End)]
    [InlineData("Transfer-Encoding : chunked", End)]
    [InlineData("Transfer-Encoding:\r\n chunked", End)]
    [InlineData("Content-Length: 0\r\nContent-Length: 0", "")]
    [InlineData("Content-Length: 0, 0", "")]
    [InlineData("Content-Length: -1", "")]
    [InlineData("Content-Length: 0x0", "")]
    [InlineData("Content-Length: 99999999999999999999", "")]
    [InlineData("Content-Length: ", "")]
    [InlineData("X-A: b\nTransfer-Encoding: chunked", End)]
    [InlineData("X-A: b\rTransfer-Encoding: chunked", End)]
    [InlineData("X-A: b\0", "")]
    [InlineData("X-A: b\r\n c", "")]
    [InlineData("X-A : b", "")]
    [InlineData("Host: other", "")]
    public async Task A_head_that_can_be_read_in_two_ways_is_refused(string header, string body)
    {
        var (answer, handled) = await SendAsync($"POST /first HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n{body}{Second}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Empty(handled);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [InlineData("80000000\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-1\r\nhello\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 \r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\nhello\n0\n\n")]
    [InlineData("5;\nx\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloXX0\r\n\r\n")]
    [InlineData("\r\nhello\r\n0\r\n\r\n")]
    public async Task A_body_whose_chunks_are_none_is_the_callers_fault_and_ends_the_connection(string body)
    {
        var (answer, handled) = await SendAsync($"POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}{Second}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("invalid_request", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("/second", handled);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("Get")]
    [InlineData("head")]
    [InlineData("post")]
    public async Task A_method_in_lower_case_is_another_method(string method)
    {
        var (answer, handled) = await SendAsync($"{method} /first HTTP/1.1\r\nHost: x\r\n\r\n{Second}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("upper case", answer, StringComparison.Ordinal);
        Assert.Empty(handled);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\tCHUNKED ", "5;x=y\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n")]
    [InlineData("Content-Length: 5", "hello")]
    public async Task A_body_with_one_end_is_read_and_the_next_request_after_it(string header, string body)
    {
        var (answer, handled) = await SendAsync($"POST /first HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n{body}{Second}");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("hello", answer, StringComparison.Ordinal);
        Assert.Equal(["/first", "/second"], handled);
    }

    /// <summary>Sends the bytes and gives all that is answered until the connection ends, and the paths that reached the handler.</summary>
    private static async Task<(string Answer, List<string> Handled)> SendAsync(string request)
    {
        var handled = new List<string>();
        await using var host = await EdgeHost.StartAsync(async edge =>
        {
            var read = await BoundedBody.ReadAsync(edge.Http, 1024, edge.Aborted);
            if (!read.TryGet(out var body, out var refusal)) return new ProblemResult(refusal);
            using (body)
            {
                handled.Add(edge.Http.Path);
                return Results.Text(Encoding.UTF8.GetString(body.Memory.Span));
            }
        });
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Client.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return (await reader.ReadToEndAsync(), handled);
    }
}
