using Alga.Extensions.Testing.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Alga.Extensions.HttpEdge.Tests;

/// <summary>Bodies that are slow.</summary>
public class BodyRateTests
{
    [Theory]
    [InlineData("Content-Length: 100000", "x")]
    [InlineData("Transfer-Encoding: chunked", "1\r\nx\r\n")]
    public async Task A_body_that_trickles_is_refused_with_a_code_of_its_own_and_ends_the_connection(string header, string piece)
    {
        await using var host = await StartAsync();

        var answer = await SlowRequest.TrickleAsync(host.Client.BaseAddress!, $"POST / HTTP/1.1\r\nHost: x\r\n{header}", piece);

        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_slow\"", answer, StringComparison.Ordinal);
        Assert.Contains($"less than {BodyRate.MinBytesPerSecond} bytes a second", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_slow_and_above_the_rate_arrives_whole()
    {
        // For twice the grace, and at ten times the rate, so that a busy machine may lag behind.
        var pieces = Enumerable.Repeat(new byte[BodyRate.MinBytesPerSecond], 40).ToList();
        await using var host = await StartAsync();

        var answer = await SlowRequest.SendAsync(
            host.Client.BaseAddress!, $"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {pieces.Sum(piece => piece.Length)}", pieces);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{pieces.Sum(piece => piece.Length)}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_is_the_servers_own_where_nobody_says_otherwise()
    {
        using var services = new ServiceCollection().AddHttpEdge().BuildServiceProvider();

        var rate = services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MinRequestBodyDataRate!;

        Assert.Equal((BodyRate.MinBytesPerSecond, BodyRate.GraceSeconds), (rate.BytesPerSecond, rate.GracePeriod.TotalSeconds));
    }

    private static Task<EdgeHost> StartAsync() => EdgeHost.StartAsync(
        async request =>
        {
            var read = await BoundedBody.ReadAsync(request.Http, 1_000_000, request.Aborted);
            if (!read.TryGet(out var body, out var refusal)) return new ProblemResult(refusal);
            using (body) return Results.Text($"{body.Memory.Length}");
        },
        more: ShortGrace.Apply);
}
