using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.Services;

namespace Alga.Extensions.KeyVault;

/// <summary>The vault's self-signed certificate, made at the first start and kept: clients pin it by its SHA-256 thumbprint.</summary>
public static class VaultCertificate
{
    /// <summary>File beside the certificate with the thumbprint, 64 hex digits.</summary>
    public const string ThumbprintFile = "thumbprint";

    private const string CertificateFile = "certificate.pem";

    public static X509Certificate2 ReadOrCreate(string stateFolder, TimeProvider time)
    {
        var file = Path.Combine(stateFolder, CertificateFile);
        if (!File.Exists(file)) Create(file, time.GetUtcNow());
        var pem = File.ReadAllText(file);
        var certificate = X509Certificate2.CreateFromPem(pem, pem);
        File.WriteAllText(Path.Combine(stateFolder, ThumbprintFile), certificate.GetCertHashString(HashAlgorithmName.SHA256));
        return certificate;
    }

    private static void Create(string file, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Development key vault", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        SecretFile.Write(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
