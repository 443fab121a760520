using System.Net;
using System.Net.Sockets;

namespace Alga.Extensions.Chaos;

/// <summary>The network between callers and gateway: a TCP proxy that can be slow or cut connections in the middle.</summary>
internal sealed class FaultyLink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private readonly int target;
    private readonly Random random;
    private volatile LinkState state = LinkState.Good;

    public FaultyLink(int target, int seed)
    {
        this.target = target;
        random = new Random(seed);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What happens to bytes from now on, also of connections that are open.</summary>
    public LinkState State
    {
        get => state;
        set => state = value;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        using (var gateway = new TcpClient())
        {
            try
            {
                await gateway.ConnectAsync(IPAddress.Loopback, target, stopping.Token);
                await Task.WhenAny(CopyAsync(caller, gateway), CopyAsync(gateway, caller));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Nobody there: the caller sees a closed connection.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var count = await from.GetStream().ReadAsync(buffer, stopping.Token);
                if (count == 0) return;
                if (State == LinkState.Slow) await Task.Delay(Next(50, 400), stopping.Token);
                if (State == LinkState.Resetting && Next(0, 4) == 0)
                {
                    // Half of it, and then a reset.
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count / 2), stopping.Token);
                    from.LingerState = to.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), stopping.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two has gone.
        }
    }

    private int Next(int least, int bound)
    {
        lock (random) return random.Next(least, bound);
    }
}

/// <summary>How a link is.</summary>
internal enum LinkState
{
    Good,

    /// <summary>Each piece is 50 to 400 ms late.</summary>
    Slow,

    /// <summary>One piece of four ends in the middle, and the connection with it.</summary>
    Resetting,
}
