using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;

namespace Alga.Extensions.Signing.Tests;

public sealed class TrustBundleTests
{
    private static readonly string Entry = Sample.Key.ToTrustEntry(Sample.Publisher);
    private static readonly string Block = Sample.Key.Public.ToPem();

    [Fact]
    public void Several_entries_comments_and_windows_line_ends_are_read()
    {
        using var other = SigningKey.Create();
        var text = $"# keys of the registry\n\n{Entry}\n# second\n{other.ToTrustEntry("acme", "com.acme")}".Replace("\n", "\r\n", StringComparison.Ordinal);

        var keys = Sample.Accepted(TrustBundle.Parse(text)).Keys;

        Assert.Equal([Sample.Key.Public.KeyId, other.Public.KeyId], keys.Select(key => key.Key.KeyId));
        Assert.Equal(["acme", "com.acme"], keys[1].Publishers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_trust_bundle_is_a_path_or_the_text_itself()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Entry);
            Assert.Single(Sample.Accepted(TrustBundle.Load(path)).Keys);
            Assert.Single(Sample.Accepted(TrustBundle.Load(Entry)).Keys);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains("cannot be read", Sample.Refused(TrustBundle.Load(path)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Sample.Refused(TrustBundle.Load("")), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "nothing", "", "has no key" },
        { "comments alone", "# none yet\n", "has no key" },
        { "no publishers line", Block, "exactly one line" },
        { "two publishers lines", "publishers: acme\n" + Entry, "exactly one line" },
        { "another text line", "hello\n" + Entry, "exactly one line" },
        { "no publisher", $"publishers:\n{Block}", "different publisher names" },
        { "an empty publisher", $"publishers: acme,,other\n{Block}", "different publisher names" },
        { "a wildcard publisher", $"publishers: *\n{Block}", "different publisher names" },
        { "a publisher twice", $"publishers: acme, acme\n{Block}", "different publisher names" },
        { "an invalid publisher", $"publishers: Acme\n{Block}", "different publisher names" },
        { "the same key twice", Entry + Entry, "twice" },
        { "text after the last block", Entry + "publishers: acme\n", "after the last block" },
        { "junk inside a block", Entry.Replace("MFkw", "MF*w", StringComparison.Ordinal), "not valid base64" },
        { "a space inside a block", Entry.Replace("MFkw", "MF w", StringComparison.Ordinal), "not valid base64" },
        { "a blank line inside a block", Entry.Replace("KEY-----\nMFkw", "KEY-----\n\nMFkw", StringComparison.Ordinal), "1 to 64" },
        { "no end line", Entry[..Entry.IndexOf("-----END", StringComparison.Ordinal)].TrimEnd(), "does not end" },
        { "another end label", Entry.Replace("END PUBLIC", "END PRIVATE", StringComparison.Ordinal), "does not end" },
        { "an end line alone", "-----END PUBLIC KEY-----\n" + Entry, "not the beginning" },
        { "an indented begin line", $"publishers: acme\n {Block}", "not the beginning" },
        { "an empty block", "publishers: acme\n-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "not valid base64" },
        { "a block of another kind", Sample.Pem("PKCS7", [1]), "not accepted" },
        { "an older public key label", Sample.Pem("RSA PUBLIC KEY", [1]), "not accepted" },
        { "a private key", Sample.Pem("PRIVATE KEY", [1]), "private key" },
        { "an encrypted private key", Sample.Pem("ENCRYPTED PRIVATE KEY", [1]), "private key" },
        { "an EC private key", Sample.Pem("EC PRIVATE KEY", [1]), "private key" },
        { "a key that is no key", Sample.Pem("PUBLIC KEY", [1, 2, 3]), "cannot be read" },
        { "bytes after a key", Sample.Pem("PUBLIC KEY", [.. Der(Sample.Key), 0]), "after its end" },
        { "a cut key", Sample.Pem("PUBLIC KEY", Der(Sample.Key)[..^1]), "cannot be read" },
        { "a compressed point", Sample.Pem("PUBLIC KEY", Compressed()), "canonical" },
        { "P-521", Sample.Pem("PUBLIC KEY", Curve(ECCurve.NamedCurves.nistP521)), "curve other than" },
        { "secp256k1", Sample.Pem("PUBLIC KEY", Curve(ECCurve.CreateFromValue("1.3.132.0.10"))), "curve other than" },
        { "brainpoolP256r1", Sample.Pem("PUBLIC KEY", Curve(ECCurve.NamedCurves.brainpoolP256r1)), "curve other than" },
        { "a small RSA key", Sample.Pem("PUBLIC KEY", Rsa(1024)), "1024 bits" },
        { "a certificate that is none", Sample.Pem("CERTIFICATE", [1, 2, 3]), "cannot be read" },
        { "bytes after a certificate", Sample.Pem("CERTIFICATE", [.. Certificate(ECCurve.NamedCurves.nistP256), 0]), "certificate" },
        { "a certificate on P-521", Sample.Pem("CERTIFICATE", Certificate(ECCurve.NamedCurves.nistP521)), "curve other than" },
        { "a certificate for encryption", Sample.Pem("CERTIFICATE", Certificate(ECCurve.NamedCurves.nistP256, X509KeyUsageFlags.KeyCertSign)), "digital signatures" },
        { "a good entry and a bad one", Entry + Sample.Pem("PUBLIC KEY", [1, 2, 3]), "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void One_fault_refuses_the_whole(string fault, string pem, string because)
    {
        Assert.NotEmpty(fault);
        Assert.Contains(because, Sample.Refused(TrustBundle.Parse(pem)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutated_bundle_is_refused_or_means_the_same_keys() =>
        Gen.Select(Gen.Int[0, Entry.Length - 1], Gen.Char[" \n-#:,=/+AZaz09*é\0"], Gen.Int[0, 2]).Sample((at, value, cut) =>
        {
            var mutated = Entry[..at] + value + Entry[Math.Min(Entry.Length, at + cut)..];
            return !TrustBundle.Parse(mutated).TryGet(out var trust, out _) || trust.Keys.Count == 1;
        });

    [Fact]
    public void A_certificates_key_signs_while_the_certificate_is_valid()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = Sample.Accepted(SigningKey.Parse(ecdsa.ExportPkcs8PrivateKeyPem(), null));
        var trust = Sample.Accepted(TrustBundle.Parse(Sample.Pem("CERTIFICATE", Certificate(ecdsa, null))));
        var envelope = Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, key));

        Assert.Equal(key.Public.KeyId, Assert.Single(trust.Keys).Key.KeyId);
        Sample.Accepted(EnvelopeVerifier.Verify(envelope, trust, Sample.Now));
        Sample.Accepted(EnvelopeVerifier.Verify(envelope, trust, Sample.Now.AddDays(30)));
        Assert.Contains("not valid now", Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, Sample.Now.AddDays(31))), StringComparison.Ordinal);
        Assert.Contains("not valid now", Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, Sample.Now.AddDays(-31))), StringComparison.Ordinal);
    }

    private static byte[] Der(SigningKey key) => Convert.FromBase64String(string.Concat(key.Public.ToPem().Split('\n')[1..^1]));

    private static byte[] Curve(ECCurve curve)
    {
        using var ecdsa = ECDsa.Create(curve);
        return ecdsa.ExportSubjectPublicKeyInfo();
    }

    private static byte[] Rsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The same key in its other encoding: 02 or 03 and x, with the lengths around it made to fit.</summary>
    private static byte[] Compressed()
    {
        var der = Der(Sample.Key);
        byte[] point = [(byte)(2 + (der[^1] & 1)), .. der[27..59]];
        return [0x30, 0x39, .. der[2..23], 0x03, 0x22, 0x00, .. point];
    }

    private static byte[] Certificate(ECCurve curve, X509KeyUsageFlags? usage = null)
    {
        using var ecdsa = ECDsa.Create(curve);
        return Certificate(ecdsa, usage);
    }

    private static byte[] Certificate(ECDsa key, X509KeyUsageFlags? usage)
    {
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        if (usage is { } flags) request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, critical: true));
        using var certificate = request.CreateSelfSigned(Sample.Now.AddDays(-30), Sample.Now.AddDays(30));
        return certificate.RawData;
    }
}
