using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Alga.Extensions.Scaler;

/// <summary>The certificate of this service and the authority of those who may ask it, from files that somebody else renews.</summary>
internal sealed class TlsFiles(string folder)
{
    private readonly Lock gate = new();
    private Loaded? loaded;

    private sealed record Loaded(DateTime ChangedAt, SslStreamCertificateContext Own, X509Certificate2 Authority);

    /// <summary>What to use for a connection that begins now.</summary>
    public SslServerAuthenticationOptions Options()
    {
        var files = Current();
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = files.Own,
            ClientCertificateRequired = true,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { files.Authority },
                // The authority is the cluster's own and lists nowhere what it took back: certificates are short-lived.
                RevocationMode = X509RevocationMode.NoCheck,
            },
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        };
    }

    private Loaded Current()
    {
        lock (gate)
        {
            var changedAt = File.GetLastWriteTimeUtc(Path.Combine(folder, "tls.crt"));
            if (loaded is not null && loaded.ChangedAt == changedAt) return loaded;
            var own = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
            var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.crt"));
            return loaded = new Loaded(changedAt, SslStreamCertificateContext.Create(own, [authority], offline: true), authority);
        }
    }
}
