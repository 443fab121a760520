using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>
/// An internet of a few names: what they resolve to is a test's choice, and a public address is reached at a server on
/// this machine. Classification stays the platform's own.
/// </summary>
internal sealed class TestNetwork(X509ChainPolicy policy) : IEgressNetwork
{
    private readonly ConcurrentDictionary<string, Func<IReadOnlyList<IPAddress>>> names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IPAddress, int> servers = new();
    private int lookups;

    public X509ChainPolicy? ChainPolicy => policy;

    /// <summary>Where connections went, in order.</summary>
    public ConcurrentQueue<IPEndPoint> Connections { get; } = new();

    public int Lookups => lookups;

    /// <summary>Puts a local server at a public address.</summary>
    public void Serve(string address, int localPort) => servers[IPAddress.Parse(address)] = localPort;

    public void Name(string host, params string[] addresses) => Name(host, () => addresses);

    public void Name(string host, Func<IReadOnlyList<string>> addresses) => names[host] = () => [.. addresses().Select(IPAddress.Parse)];

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref lookups);
        return names.TryGetValue(host, out var addresses)
            ? Task.FromResult(addresses())
            : Task.FromException<IReadOnlyList<IPAddress>>(new SocketException((int)SocketError.HostNotFound));
    }

    public async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Connections.Enqueue(endPoint);
        if (!servers.TryGetValue(endPoint.Address, out var port)) throw new SocketException((int)SocketError.ConnectionRefused);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
