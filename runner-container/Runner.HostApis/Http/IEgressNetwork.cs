using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// What <c>http.fetch</c> needs of the network. Tests give another one to the constructor; no setting chooses one, and
/// whichever it is, the addresses that it finds are judged by <see cref="PublicAddresses"/>.
/// </summary>
public interface IEgressNetwork
{
    /// <summary>Certificates that count beside the system's; null for the system's alone.</summary>
    X509ChainPolicy? ChainPolicy { get; }

    /// <summary>All addresses of a name; none, or a socket error, when it has none.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>Connects to exactly this address.</summary>
    Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken);
}
