using System.Net.Sockets;
using System.Text;

namespace Alga.Extensions.Testing.Sockets;

/// <summary>Requests whose bodies come in pieces with pauses between them, byte by byte on a connection of their own.</summary>
public static class SlowRequest
{
    /// <summary>Sends a head and then the piece again and again, ten times a second, until the server has answered and closed the connection.</summary>
    /// <param name="server">Where.</param>
    /// <param name="head">Request line and headers, without the empty line.</param>
    /// <param name="piece">What trickles, ASCII.</param>
    /// <param name="whenRead">Runs once the server has begun to read the body, which it tells by <c>100 Continue</c>, and before the first piece.</param>
    /// <returns>All that the server sent.</returns>
    /// <exception cref="OperationCanceledException">It did neither within two minutes.</exception>
    public static Task<string> TrickleAsync(Uri server, string head, string piece = "x", Func<Task>? whenRead = null) =>
        SendAsync(server, head, Forever(Encoding.ASCII.GetBytes(piece)), whenRead);

    /// <summary>Sends a head and then each piece, a tenth of a second after the one before.</summary>
    /// <param name="server">Where.</param>
    /// <param name="head">Request line and headers, without the empty line; the server has to close after it.</param>
    /// <param name="pieces">The body.</param>
    /// <returns>All that the server sent.</returns>
    /// <exception cref="OperationCanceledException">It did not close within two minutes.</exception>
    public static Task<string> SendAsync(Uri server, string head, IEnumerable<byte[]> pieces) => SendAsync(server, head, pieces, whenRead: null);

    private static async Task<string> SendAsync(Uri server, string head, IEnumerable<byte[]> pieces, Func<Task>? whenRead)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + (whenRead is null ? "\r\n\r\n" : "\r\nExpect: 100-continue\r\n\r\n")), patience.Token);
        if (whenRead is not null)
        {
            await stream.ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length], patience.Token);
            await whenRead();
        }

        var answer = ReadAsync(stream, patience.Token);
        try
        {
            foreach (var piece in pieces)
            {
                if (answer.IsCompleted) break;
                await stream.WriteAsync(piece, patience.Token);
                await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token));
            }
        }
        catch (IOException)
        {
            // The server has closed, and what it said before is read.
        }

        return await answer;
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        try
        {
            await stream.CopyToAsync(read, cancellationToken);
        }
        catch (IOException)
        {
            // A connection that is closed with bytes unread ends like that, after the answer.
        }

        return Encoding.UTF8.GetString(read.ToArray());
    }

    private static IEnumerable<byte[]> Forever(byte[] piece)
    {
        while (true) yield return piece;
    }
}
