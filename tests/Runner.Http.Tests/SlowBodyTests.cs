using Alga.Extensions.LoadReports;
using Alga.Extensions.Testing.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Bodies that trickle, at a runner that bears with them for two seconds.</summary>
public sealed class SlowBodyTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task An_execute_request_that_trickles_is_refused_and_no_longer_in_flight()
    {
        await using var impatient = await runner.StartAsync(more: ShortGrace.Apply);
        using var ready = await RunnerFixture.ReadyAsync(impatient);
        var inFlight = impatient.Services.GetRequiredService<InFlight>();
        var request = await runner.RequestAsync("hello");
        var token = runner.Token(request, RunnerFixture.Serialize(request));
        var meanwhile = 0;

        var answer = await SlowRequest.TrickleAsync(
            RunnerFixture.AddressOf(impatient),
            $"POST /v1/execute HTTP/1.1\r\nHost: runner\r\nContent-Type: application/json\r\nContent-Length: 100000\r\nAuthorization: Bearer {token}",
            " ",
            () =>
            {
                meanwhile = inFlight.Count;
                return Task.CompletedTask;
            });

        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_slow\"", answer, StringComparison.Ordinal);
        Assert.Equal((1, 0), (meanwhile, inFlight.Count));
    }
}
