using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>A TLS server of HTTP/1.1 that answers byte by byte as a test says, rightly or not.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly X509Certificate2 certificate;
    private readonly Func<string, Connection, CancellationToken, Task> answer;
    private readonly Task accepting;
    private int requests;

    /// <summary>Starts to listen.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="answer">Gets the head of each request.</param>
    public RawServer(X509Certificate2 certificate, Func<string, Connection, CancellationToken, Task> answer)
    {
        (this.certificate, this.answer) = (certificate, answer);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Requests that arrived.</summary>
    public int Requests => requests;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await listener.AcceptSocketAsync(stopping.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var network = new NetworkStream(socket, ownsSocket: true);
            await using var tls = new SslStream(network);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stopping.Token);
            var connection = new Connection(socket, tls);
            while (await ReadHeadAsync(tls) is { Length: > 0 } head)
            {
                Interlocked.Increment(ref requests);
                await answer(head, connection, stopping.Token);
                if (connection.IsOver) return;
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client gave up, as it should in most of these tests.
        }
    }

    private async Task<string> ReadHeadAsync(SslStream tls)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await tls.ReadAsync(one, stopping.Token) == 0) return "";
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>A connection to answer on.</summary>
    internal sealed class Connection(Socket socket, SslStream tls)
    {
        public bool IsOver { get; private set; }

        public async Task WriteAsync(string text, CancellationToken cancellationToken = default) =>
            await tls.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

        /// <summary>Closes without a word, so that the other side sees a reset.</summary>
        public void Reset()
        {
            IsOver = true;
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        public void End() => IsOver = true;
    }
}
