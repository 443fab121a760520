using System.Diagnostics;
using System.Net;

namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Connections that ask for a time, each as soon as the one before was answered; one that is refused keeps to <c>Retry-After</c>.</summary>
internal static class SustainedLoad
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Gives answers with 200 a second.</summary>
    /// <exception cref="InvalidOperationException">An answer is neither 200 nor 429 nor 503.</exception>
    public static async Task<double> RunAsync(Uri server, ReadOnlyMemory<byte> request, int connections, TimeSpan time, CancellationToken cancellationToken)
    {
        var served = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(WorkAsync, cancellationToken)));
        return served / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task WorkAsync()
        {
            using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, server.Port));
            await connection.ConnectAsync(cancellationToken);
            while (time - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } left)
            {
                switch (await connection.SendAsync(request, cancellationToken))
                {
                    case 200:
                        Interlocked.Increment(ref served);
                        break;
                    case 429 or 503:
                        await Task.Delay(left < RetryAfter ? left : RetryAfter, cancellationToken);
                        break;
                    case var status:
                        throw new InvalidOperationException($"{server} answered {status}: {connection.LastAnswer}");
                }
            }
        }
    }
}
