using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge.Tests;

public class BoundedBodyTests
{
    private static Task<EdgeHost> HashHost(int maxBytes) => EdgeHost.StartAsync(async request =>
    {
        var read = await BoundedBody.ReadAsync(request.Http, maxBytes, request.Aborted);
        if (!read.TryGet(out var body, out var refusal)) return new ProblemResult(refusal);
        using (body) return Results.Text(Convert.ToHexString(SHA256.HashData(body.Memory.Span)));
    });

    private static async Task<HttpResponseMessage> SendAsync(EdgeHost host, byte[] body, bool announced)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(new MemoryStream(body)) };
        if (!announced)
        {
            message.Headers.TransferEncodingChunked = true;
            message.Content.Headers.ContentLength = null;
        }

        return await host.Client.SendAsync(message);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(16384, false)]
    [InlineData(16385, false)]
    [InlineData(100_000, true)]
    [InlineData(100_000, false)]
    public async Task A_body_up_to_the_limit_arrives_whole(int size, bool announced)
    {
        await using var host = await HashHost(100_000);
        var body = RandomNumberGenerator.GetBytes(size);
        using var response = await SendAsync(host, body, announced);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_byte_more_is_refused(bool announced)
    {
        await using var host = await HashHost(100_000);
        using var response = await SendAsync(host, new byte[100_001], announced);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync(ProblemJson.Default.ProblemBody);
        Assert.Equal("body_too_large", problem?.Code);
        Assert.Contains("100000", problem?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_may_lie_beyond_the_default_of_Kestrel()
    {
        const int Size = 32 * 1024 * 1024;
        await using var host = await HashHost(Size);
        using var response = await SendAsync(host, new byte[Size], announced: true);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_body_announced_too_large_is_refused_before_it_is_sent()
    {
        await using var host = await HashHost(10);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_malformed_chunk_is_a_bad_request()
    {
        await using var host = await HashHost(10);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task However_the_bytes_arrive_the_body_is_the_same() =>
        await Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 50], Gen.Int[0, 400], Gen.Bool).SampleAsync(async (bytes, step, limit, announced) =>
        {
            using var stream = new DribblingStream(bytes, step);
            var outcome = await BoundedBody.ReadAsync(stream, announced ? bytes.Length : null, limit, CancellationToken.None);
            Assert.Equal(bytes.Length <= limit, outcome.TryGet(out var body, out var refusal));
            Assert.Equal(bytes.Length <= limit ? null : ErrorCode.BodyTooLarge, refusal?.Code);
            if (body is not null) Assert.Equal(bytes, body.Memory.ToArray());
            body?.Dispose();
            body?.Dispose();
        });

    [Fact]
    public async Task A_body_is_not_readable_after_it_was_given_back()
    {
        var outcome = await BoundedBody.ReadAsync(new MemoryStream([1]), null, 10, CancellationToken.None);
        Assert.True(outcome.TryGet(out var body, out _));
        body.Dispose();
        Assert.Throws<ObjectDisposedException>(() => body.Memory);
    }

    private sealed class DribblingStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
