using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// A key's certificate and those between it and an authority. Validated against one authority of the trust bundle and nothing
/// else: no system store, nothing fetched from a network, no revocation list (the registry's own revocation takes their place).
/// </summary>
public sealed class CertificateChain
{
    /// <summary>Most certificates of a chain, the key's own included, the authority's not.</summary>
    public const int MaxLength = 4;

    private const int MaxCertificateBytes = 16 * 1024;
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private readonly IReadOnlyList<byte[]> certificates;

    private CertificateChain(IReadOnlyList<byte[]> certificates, VerificationKey key)
    {
        this.certificates = certificates;
        Key = key;
    }

    /// <summary>The key of the first certificate.</summary>
    public VerificationKey Key { get; }

    /// <summary>Reads certificates from PEM, the key's own first.</summary>
    public static Outcome<CertificateChain> Parse(string pem)
    {
        if (!PemText.Parse(pem).TryGet(out var blocks, out var refusal)) return refusal;
        if (blocks.Any(block => block.Label != "CERTIFICATE" || block.Text.Count > 0))
            return SigningRefusal.Of("The certificates must be PEM blocks CERTIFICATE with nothing but comments around them.");
        return Read(blocks.Select(block => block.Der).ToList());
    }

    internal static Outcome<CertificateChain> Read(IReadOnlyList<string> base64)
    {
        var certificates = base64.Select(Base64.DecodeStandard).ToList();
        return certificates.Contains(null)
            ? SigningRefusal.Of("A certificate of the envelope is not valid base64. Sign the bundle again.")
            : Read(certificates.OfType<byte[]>().ToList());
    }

    internal IReadOnlyList<string> ToBase64() => [.. certificates.Select(Convert.ToBase64String)];

    /// <summary>Why this authority does not vouch for the key at a time; null when it does.</summary>
    internal Refusal? FindFault(TrustAuthority authority, DateTimeOffset at)
    {
        var loaded = certificates.Select(X509CertificateLoader.LoadCertificate).ToList();
        using var root = X509CertificateLoader.LoadCertificate(authority.Der);
        try
        {
            return FindLeafFault(loaded[0]) ?? FindChainFault(loaded, root, at);
        }
        finally
        {
            loaded.ForEach(certificate => certificate.Dispose());
        }
    }

    private static Outcome<CertificateChain> Read(List<byte[]> certificates)
    {
        if (certificates.Count is 0 or > MaxLength)
            return SigningRefusal.Of($"A chain has 1 to {MaxLength} certificates without the authority's own; this one has {certificates.Count}.");
        VerificationKey? first = null;
        foreach (var der in certificates)
        {
            if (!CertificateRules.ReadKey(der, MaxCertificateBytes).TryGet(out var key, out var refusal)) return refusal;
            first ??= key;
        }

        return new CertificateChain(certificates, first!);
    }

    private static Refusal? FindLeafFault(X509Certificate2 leaf)
    {
        if (leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
            return Refuse("the certificate is an authority's; sign with a key that only signs");
        if (leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } usage || !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
            return Refuse("the certificate does not say that its key makes digital signatures (key usage)");
        var purposes = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>());
        return purposes.Any(purpose => purpose.Value == CodeSigning) ? null : Refuse("the certificate is not for code signing (extended key usage)");
    }

    private static Refusal? FindChainFault(List<X509Certificate2> certificates, X509Certificate2 root, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CodeSigning));
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        foreach (var certificate in certificates.Skip(1)) chain.ChainPolicy.ExtraStore.Add(certificate);
        if (!chain.Build(certificates[0]))
        {
            var reasons = chain.ChainStatus.Select(status => status.Status).Where(status => status != X509ChainStatusFlags.NoError).Distinct();
            return Refuse($"the chain does not verify at {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} ({string.Join(", ", reasons)})");
        }

        // The platform's library decided; that it used this very root, and nothing that the envelope did not bring, is checked here.
        var elements = chain.ChainElements.Select(element => element.Certificate.RawDataMemory).ToList();
        var known = certificates.Append(root).Select(certificate => certificate.RawDataMemory).ToList();
        if (!elements[^1].Span.SequenceEqual(root.RawDataMemory.Span) || elements.Exists(element => !known.Exists(other => other.Span.SequenceEqual(element.Span))))
            return Refuse("the chain does not end at the authority");
        return chain.ChainElements.All(element => CertificateRules.IsValidAt(element.Certificate, at)) ? null : Refuse("a certificate of the chain is not valid at that time");
    }

    private static Refusal Refuse(string problem) =>
        SigningRefusal.Of($"The signer's certificate is not accepted: {problem}. Sign with another key, or ask the authority for a proper certificate.");
}
