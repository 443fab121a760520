using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alga.Extensions.DevHost.World;

/// <summary>Issues certificates for every name of the fake world; only the runner of this process trusts it.</summary>
internal sealed class WorldAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, X509Certificate2> issued = new(StringComparer.OrdinalIgnoreCase);
    private readonly DateTimeOffset start = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly X509Certificate2 root;

    public WorldAuthority()
    {
        var request = new CertificateRequest("CN=Fake world", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        root = request.CreateSelfSigned(start, start.AddDays(30));
        Policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        Policy.CustomTrustStore.Add(root);
    }

    public X509ChainPolicy Policy { get; }

    /// <summary>The certificate of a host.</summary>
    public X509Certificate2 For(string host) => issued.GetOrAdd(host, Issue);

    public void Dispose()
    {
        foreach (var certificate in issued.Values) certificate.Dispose();
        root.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Issue(string host)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fake", own, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddDnsName(host);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(root, start, start.AddDays(29), RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
