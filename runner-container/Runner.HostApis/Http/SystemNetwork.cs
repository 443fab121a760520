using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>The network as the system has it.</summary>
internal sealed class SystemNetwork : IEgressNetwork
{
    public X509ChainPolicy? ChainPolicy => null;

    /// <summary>With a dot at the end the name is whole: nobody's search list makes another one of it.</summary>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host + ".", cancellationToken).ConfigureAwait(false);

    public async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
