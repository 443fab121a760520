using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Alga.Extensions.LoadDriver.Load;

/// <summary>
/// One HTTP/1.1 connection that sends requests as ready bytes and reads just enough of an answer to know where it ends.
/// It does as little as it can: on a small machine the driver takes its time from what it measures.
/// </summary>
internal sealed class RawConnection(IPEndPoint server) : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[64 * 1024];

    public async Task ConnectAsync(CancellationToken cancellationToken) => await socket.ConnectAsync(server, cancellationToken);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The status.</returns>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request[sent..], cancellationToken);

        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0) throw new IOException("The server closed the connection.");
            filled += read;
            if (IsWhole(buffer.AsSpan(0, filled))) return Status(buffer);
        }
    }

    /// <summary>The bytes of the last answer, for a look at what went wrong.</summary>
    public string LastAnswer => System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, Math.Min(buffer.Length, 2000))).TrimEnd('\0');

    public void Dispose() => socket.Dispose();

    private static int Status(ReadOnlySpan<byte> answer) => Utf8Parser.TryParse(answer[9..12], out int status, out _) ? status : 0;

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = answer[..end];
        var body = answer[(end + 4)..];
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0) return body.EndsWith("0\r\n\r\n"u8);
        var at = head.IndexOf("Content-Length: "u8);
        return at < 0 || (Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) && body.Length >= length);
    }
}
