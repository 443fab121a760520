using System.Net;
using System.Net.Sockets;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Opens connections. A name is resolved once, all its addresses are judged, and the connection goes to one of those very
/// addresses: there is no second look-up that could say something else. TLS then asks for the name itself.
/// </summary>
internal sealed class EgressConnector(IEgressNetwork network)
{
    private const int MaxAddresses = 64;
    private const int MaxAttempts = 3;
    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(2);

    /// <summary>Connects for a request; the signature is that of <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        // The handler only ever gets names that FetchUrl let through, and none of them is an address.
        if (IPAddress.TryParse(host, out _)) throw new EgressRefusedException();
        var addresses = await network.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        if (addresses.Count == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (addresses.Count > MaxAddresses || !addresses.All(PublicAddresses.Contains)) throw new EgressRefusedException();
        return await ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stream> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        // IPv4 first: where IPv6 leads nowhere, each attempt would cost its whole time.
        var order = addresses.OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).Take(MaxAttempts).ToArray();
        for (var i = 0; ; i++)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (i < order.Length - 1) attempt.CancelAfter(AttemptTime);
            try
            {
                return await network.ConnectAsync(new IPEndPoint(order[i], port), attempt.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (i < order.Length - 1 && !cancellationToken.IsCancellationRequested && exception is SocketException or OperationCanceledException)
            {
                // The next address may answer.
            }
        }
    }
}
