using System.Diagnostics;
using System.Net;

namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Sends ready requests over a number of connections, each as soon as the one before it was answered.</summary>
internal static class HttpLoad
{
    /// <summary>Sends all requests once.</summary>
    /// <exception cref="InvalidOperationException">An answer is not 200: what is measured has to work.</exception>
    public static async Task<LoadResult> RunAsync(Uri server, IReadOnlyList<ReadOnlyMemory<byte>> requests, int connections, CancellationToken cancellationToken)
    {
        var next = -1;
        var latencies = new long[requests.Count];
        var open = new List<RawConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, server.Port));
                open.Add(connection);
                await connection.ConnectAsync(cancellationToken);
            }

            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(open.Select(connection => Task.Run(() => WorkAsync(connection), cancellationToken)));
            return new LoadResult(Stopwatch.GetElapsedTime(started), latencies);
        }
        finally
        {
            foreach (var connection in open) connection.Dispose();
        }

        async Task WorkAsync(RawConnection connection)
        {
            while (Interlocked.Increment(ref next) is var index && index < requests.Count)
            {
                var sent = Stopwatch.GetTimestamp();
                var status = await connection.SendAsync(requests[index], cancellationToken);
                latencies[index] = Stopwatch.GetTimestamp() - sent;
                if (status != 200) throw new InvalidOperationException($"{server} answered {status}: {connection.LastAnswer}");
            }
        }
    }
}
