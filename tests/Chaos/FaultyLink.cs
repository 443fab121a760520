using System.Net;
using System.Net.Sockets;

namespace Alga.Extensions.Chaos;

/// <summary>
/// The network between two parts: a TCP proxy that can be slow or cut connections in the middle. With several targets it distributes
/// connections in turn, and takes the next where one does not listen, as a balancer does.
/// </summary>
internal sealed class FaultyLink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private readonly IReadOnlyList<int> targets;
    private readonly Random random;
    private volatile LinkState state = LinkState.Good;
    private int turn;

    /// <param name="name">For the report, such as <c>gateway to runner</c>.</param>
    /// <param name="seed">The same one makes the same choices.</param>
    /// <param name="targets">Ports on this machine.</param>
    public FaultyLink(string name, int seed, params IReadOnlyList<int> targets)
    {
        Name = name;
        this.targets = targets;
        random = new Random(seed);
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Name { get; }

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
        {
            try
            {
                using var target = await ConnectAsync();
                if (target is null) return;
                // PostgreSQL's many small messages would wait for each other's acknowledgements.
                caller.NoDelay = target.NoDelay = true;
                await Task.WhenAny(CopyAsync(caller, target), CopyAsync(target, caller));
            }
            catch (OperationCanceledException)
            {
                // The end of the run.
            }
        }
    }

    /// <summary>Null when nobody is there: the caller sees a closed connection.</summary>
    private async Task<TcpClient?> ConnectAsync()
    {
        var first = Interlocked.Increment(ref turn);
        for (var next = 0; next < targets.Count; next++)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, targets[(int)((uint)(first + next) % targets.Count)], stopping.Token);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
            }
        }

        return null;
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
