using System.Diagnostics;
using System.Net;

namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Connections that pause after each answer, as callers do who have something else to do.</summary>
internal static class PacedLoad
{
    /// <summary>Sends all requests, dealt out to the connections, and gives how long each took, in milliseconds.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="requests">Each is sent once.</param>
    /// <param name="connections">How many are open at the same time.</param>
    /// <param name="pause">Of each connection after each answer.</param>
    /// <param name="accepts">Which statuses are no fault.</param>
    /// <param name="cancellationToken">Ends the load; what was sent till then counts.</param>
    /// <exception cref="InvalidOperationException">An answer has another status.</exception>
    public static async Task<IReadOnlyList<double>> RunAsync(
        Uri server, IReadOnlyList<ReadOnlyMemory<byte>> requests, int connections, TimeSpan pause, Func<int, bool> accepts, CancellationToken cancellationToken)
    {
        var latencies = await Task.WhenAll(requests.Chunk((requests.Count + connections - 1) / connections).Select(share => Task.Run(() => WorkAsync(share))));
        return [.. latencies.SelectMany(each => each)];

        async Task<List<double>> WorkAsync(ReadOnlyMemory<byte>[] share)
        {
            var taken = new List<double>(share.Length);
            using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, server.Port));
            try
            {
                await connection.ConnectAsync(cancellationToken);
                foreach (var request in share)
                {
                    var sent = Stopwatch.GetTimestamp();
                    var status = await connection.SendAsync(request, cancellationToken);
                    taken.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    if (!accepts(status)) throw new InvalidOperationException($"{server} answered {status}: {connection.LastAnswer}");
                    await Task.Delay(pause, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Enough.
            }

            return taken;
        }
    }
}
