using System.Text;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class HostileServerTests(EgressBench bench) : IClassFixture<EgressBench>
{
    private const string Url = "https://raw.example.com/";

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var server = bench.Serve((_, _, stopping) => Task.Delay(Timeout.Infinite, stopping));
        using var run = bench.Begin();
        Assert.Contains("300 ms", run.Fail(HttpErrorKind.Timeout, Url, timeoutMs: 300).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_invocations_deadline_ends_a_call_whatever_the_guest_asks_for()
    {
        await using var server = bench.Serve((_, _, stopping) => Task.Delay(Timeout.Infinite, stopping));
        using var run = bench.Begin(timeoutMs: 500);
        run.Fail(HttpErrorKind.Timeout, Url, timeoutMs: 600_000);
    }

    [Fact]
    public async Task A_server_that_sends_its_headers_drop_by_drop_is_given_up()
    {
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n", stopping);
            while (true)
            {
                await connection.WriteAsync("x", stopping);
                await Task.Delay(20, stopping);
            }
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Timeout, Url, timeoutMs: 500);
    }

    [Fact]
    public async Task A_server_that_sends_its_body_drop_by_drop_is_given_up()
    {
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", stopping);
            while (true)
            {
                await connection.WriteAsync("x", stopping);
                await Task.Delay(20, stopping);
            }
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Timeout, Url, timeoutMs: 500);
    }

    [Fact]
    public async Task A_body_without_end_is_too_large()
    {
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", stopping);
            var chunk = "10000\r\n" + new string('a', 0x10000) + "\r\n";
            while (true) await connection.WriteAsync(chunk, stopping);
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.TooLarge, Url, timeoutMs: 60_000);
        Assert.InRange(run.Calls.EgressBytes, FetchLimits.MaxTextBytes, FetchLimits.MaxTextBytes + (1024 * 1024));
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_not_read()
    {
        await using var server = bench.Serve((_, connection, stopping) => connection.WriteAsync($"HTTP/1.1 200 OK\r\ncontent-length: {FetchLimits.MaxTextBytes + 1}\r\n\r\n", stopping));
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.TooLarge, Url);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&binary")]
    public void A_body_at_its_cap_passes_and_one_byte_more_does_not(string kind)
    {
        var cap = kind.Length == 0 ? FetchLimits.MaxTextBytes : FetchLimits.MaxBinaryBytes;
        using var run = bench.Begin();
        var body = run.Get($"https://api.example.com/bytes?n={cap}{kind}").Body;
        Assert.Equal(cap, body.Text?.Length ?? body.Binary!.Length);
        run.Fail(HttpErrorKind.TooLarge, $"https://api.example.com/bytes?n={cap + 1}{kind}");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void A_packed_body_is_unpacked_and_a_bomb_is_too_large(string encoding)
    {
        using var run = bench.Begin();
        var response = run.Get($"https://api.example.com/packed?as={encoding}&n=1000");
        Assert.Equal(new string('a', 1_000), response.Body.Text);
        Assert.DoesNotContain(response.Headers, header => header.Key is "content-encoding" or "content-length");
        run.Fail(HttpErrorKind.TooLarge, $"https://api.example.com/packed?as={encoding}&n={200 * 1024 * 1024}");
    }

    [Theory]
    [InlineData("gzip", "hello")]
    [InlineData("br", "hello")]
    [InlineData("br", "\u00ff\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("deflate", "hello")]
    public async Task A_body_that_does_not_unpack_is_no_answer(string encoding, string body)
    {
        await using var server = bench.Serve((_, connection, stopping) =>
            connection.WriteAsync($"HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: 5\r\n\r\n{body}", stopping));
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Unreachable, Url);
    }

    [Theory]
    [InlineData("HEAD", 200, "gzip")]
    [InlineData("HEAD", 200, "br")]
    [InlineData("HEAD", 200, "identity")]
    [InlineData("GET", 304, "br")]
    public async Task An_answer_without_a_body_may_say_how_large_one_would_be(string method, int status, string encoding)
    {
        await using var server = bench.Serve((_, connection, stopping) =>
            connection.WriteAsync($"HTTP/1.1 {status} X\r\ncontent-encoding: {encoding}\r\ncontent-length: 5000000000\r\n\r\n", stopping));
        using var run = bench.Begin();
        var answer = run.Send(method, Url);
        Assert.Equal((status, default), (answer.Status, answer.Body));
        Assert.Contains(KeyValuePair.Create("content-length", "5000000000"), answer.Headers);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_packed_body_that_breaks_off_is_no_answer(string encoding)
    {
        var packed = EgressBench.Pack(encoding, 1_000_000)[..^8];
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {packed.Length}\r\n\r\n", stopping);
            await connection.WriteAsync(Encoding.Latin1.GetString(packed), stopping);
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Unreachable, Url);
    }

    [Theory]
    [InlineData(1_000, 10)]
    [InlineData(20, 4_000)]
    public void A_flood_of_headers_is_too_large(int count, int size)
    {
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.TooLarge, $"https://api.example.com/headers?n={count}&size={size}");
        Assert.Equal(200, run.Get("https://api.example.com/headers?n=60&size=100").Status);
    }

    [Fact]
    public async Task A_flood_of_headers_in_the_old_protocol_is_too_large()
    {
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n", stopping);
            while (true) await connection.WriteAsync($"x: {new string('v', 1000)}\r\n", stopping);
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.TooLarge, Url, timeoutMs: 60_000);
    }

    [Fact]
    public async Task A_connection_that_is_reset_in_the_middle_of_a_body_is_no_answer()
    {
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf", stopping);
            connection.Reset();
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Unreachable, Url);
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("HTTP/1.1 99999 X\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n")]
    public async Task An_answer_that_is_no_http_is_no_answer(string answer)
    {
        await using var server = bench.Serve(async (_, connection, stopping) =>
        {
            await connection.WriteAsync(answer, stopping);
            connection.Reset();
        });
        using var run = bench.Begin();
        run.Fail(HttpErrorKind.Unreachable, Url);
    }

    [Theory]
    [InlineData("POST", null)]
    [InlineData("POST", "body")]
    [InlineData("PUT", null)]
    [InlineData("PATCH", null)]
    [InlineData("DELETE", null)]
    public async Task What_a_server_may_have_done_is_never_sent_again(string method, string? body)
    {
        // The first request keeps the connection; the second is read, and then the connection breaks without an answer.
        await using var server = bench.Serve(async (head, connection, stopping) =>
        {
            if (head.StartsWith("GET", StringComparison.Ordinal)) await connection.WriteAsync("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", stopping);
            else connection.Reset();
        });
        using var run = bench.Begin();
        Assert.Equal("ok", run.Get(Url).Body.Text);
        run.Fail(HttpErrorKind.Unreachable, Url, method: method, body: body);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task The_name_in_tls_and_in_the_request_is_the_one_that_was_asked_for()
    {
        var seen = "";
        await using var server = bench.Serve(async (head, connection, stopping) =>
        {
            seen = head;
            await connection.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n", stopping);
        });
        using var run = bench.Begin();
        Assert.Equal(204, run.Get(Url).Status);
        Assert.Contains("\r\nHost: raw.example.com\r\n", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Content-Length", seen, StringComparison.OrdinalIgnoreCase);
    }
}
