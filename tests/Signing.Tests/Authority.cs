using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alga.Extensions.Signing.Tests;

/// <summary>A certificate authority of a test: a root, and whatever it is asked to issue.</summary>
internal sealed class Authority : IDisposable
{
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    public static readonly DateTimeOffset Start = Sample.Now.AddDays(-100);
    public static readonly DateTimeOffset End = Sample.Now.AddDays(100);

    private readonly ECDsa key;
    private byte serial = 1;

    private Authority(ECDsa key, X509Certificate2 certificate)
    {
        this.key = key;
        Certificate = certificate;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Its entry for a trust bundle.</summary>
    public string Entry => $"authority: {Sample.Publisher}\n{Certificate.ExportCertificatePem()}\n";

    public static Authority Root(string name = "CN=root", int? pathLength = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, pathLength is not null, pathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return new Authority(key, request.CreateSelfSigned(Start, End));
    }

    /// <summary>An authority below this one.</summary>
    public Authority Issue(string name, bool isAuthority = true, int? pathLength = null)
    {
        var below = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, below, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, pathLength is not null, pathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return new Authority(below, Sign(request, Start, End));
    }

    /// <summary>A certificate for a key that signs code.</summary>
    public string Certify(SigningKey signer, Leaf? leaf = null)
    {
        leaf ??= new Leaf();
        using var subject = ECDsa.Create();
        subject.ImportSubjectPublicKeyInfo(signer.Public.ToDer(), out _);
        var request = new CertificateRequest("CN=signer", subject, leaf.Hash);
        if (leaf.IsAuthority) request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (leaf.Usage is { } usage) request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        if (leaf.Purpose is { } purpose) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (leaf.HasUnknownCriticalExtension) request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5", [0x05, 0x00], true));
        using var certificate = Sign(request, leaf.NotBefore, leaf.NotAfter);
        return certificate.ExportCertificatePem() + "\n";
    }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    public void Dispose()
    {
        key.Dispose();
        Certificate.Dispose();
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), notBefore, notAfter, [serial++]);

    /// <summary>What a signer's certificate says; a good one unless changed.</summary>
    internal sealed record Leaf
    {
        public X509KeyUsageFlags? Usage { get; init; } = X509KeyUsageFlags.DigitalSignature;

        public string? Purpose { get; init; } = CodeSigning;

        public bool IsAuthority { get; init; }

        public bool HasUnknownCriticalExtension { get; init; }

        public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

        public DateTimeOffset NotBefore { get; init; } = Sample.Now.AddDays(-10);

        public DateTimeOffset NotAfter { get; init; } = Sample.Now.AddDays(10);
    }
}
