using System.Net;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// The connections of one install. Nothing happens on its own in here: no redirect, cookie, proxy, credential, decoding or
/// header is added, nothing is traced with its URL, and an answer that is given up closes its connection.
/// </summary>
internal sealed class EgressTransport : IDisposable
{
    private readonly HttpMessageInvoker invoker;

    public EgressTransport(EgressConnector connector, IEgressNetwork network)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = FetchLimits.ConnectTime,
            ConnectCallback = connector.ConnectAsync,
            MaxConnectionsPerServer = FetchLimits.MaxConcurrentPerTenant,
            MaxResponseHeadersLength = FetchLimits.MaxResponseHeaderKb,
            MaxResponseDrainSize = 0,
            ResponseDrainTimeout = TimeSpan.Zero,
            // Names are looked up, and judged, anew at least this often.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        handler.SslOptions.CertificateChainPolicy = network.ChainPolicy;
        invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends one request; the body of the answer is still to be read.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        invoker.SendAsync(request, cancellationToken);

    public void Dispose() => invoker.Dispose();
}
