using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>What every certificate must be, whatever it is for.</summary>
internal static class CertificateRules
{
    // RSA-PSS is left out: its hash is a parameter, and no code-signing authority in use needs it.
    private static readonly string[] SignatureAlgorithms =
    [
        "1.2.840.10045.4.3.2", // ECDSA with SHA-256
        "1.2.840.10045.4.3.3", // ECDSA with SHA-384
        "1.2.840.113549.1.1.11", // RSA with SHA-256
        "1.2.840.113549.1.1.12", // RSA with SHA-384
        "1.2.840.113549.1.1.13", // RSA with SHA-512
    ];

    /// <summary>The key of a certificate in DER, whose encoding must be exact, and whose key and signature must be of accepted kinds.</summary>
    public static Outcome<VerificationKey> ReadKey(byte[] der, int maxBytes)
    {
        if (der.Length > maxBytes) return SigningRefusal.Of($"A certificate has more than {maxBytes} bytes.");
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            if (!certificate.RawDataMemory.Span.SequenceEqual(der)) return SigningRefusal.Of("A certificate has bytes after its end.");
            if (!SignatureAlgorithms.Contains(certificate.SignatureAlgorithm.Value))
                return SigningRefusal.Of("A certificate is signed with an algorithm that is not accepted; use ECDSA with SHA-256 or SHA-384, or RSA with SHA-256, SHA-384 or SHA-512.");
            return VerificationKey.TryRead(certificate.PublicKey.ExportSubjectPublicKeyInfo(), out var key, out var problem)
                ? key
                : SigningRefusal.Of($"The key of a certificate {problem}.");
        }
        catch (CryptographicException)
        {
            return SigningRefusal.Of("A certificate cannot be read.");
        }
    }

    public static bool IsValidAt(X509Certificate2 certificate, DateTimeOffset at) =>
        NotBefore(certificate) <= at && at <= NotAfter(certificate);

    public static DateTimeOffset NotBefore(X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    public static DateTimeOffset NotAfter(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());
}
