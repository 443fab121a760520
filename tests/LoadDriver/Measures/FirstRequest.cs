using System.Diagnostics;
using System.Net;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>A single request to a guest that may not be ready yet.</summary>
internal static class FirstRequest
{
    /// <summary>Sends requests until one is answered with 200; gives the time of that one in milliseconds.</summary>
    public static async Task<double> SendAsync(BenchStack stack, InstalledGuest guest, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, stack.Runner.Port));
        await connection.ConnectAsync(cancellationToken);
        while (true)
        {
            var request = ExecuteRequests.Create(stack.Tokens, guest, ExecuteRequests.Hello, 1)[0];
            var started = Stopwatch.GetTimestamp();
            var status = await connection.SendAsync(request, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (status == 200) return elapsed;
            if (status != 503) throw new InvalidOperationException($"{guest.Name} answers {status}: {connection.LastAnswer}");
            await Task.Delay(200, cancellationToken);
        }
    }
}
