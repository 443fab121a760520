using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>A public key of a kind this platform accepts: P-256, P-384, or RSA of 2,048 to 8,192 bits. A key has one accepted encoding,
/// so it has one key id. Safe for use by many threads.</summary>
public sealed class VerificationKey
{
    private const string EcOid = "1.2.840.10045.2.1";
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const int MinRsaBits = 2_048;
    private const int MaxRsaBits = 8_192;

    // SubjectPublicKeyInfo up to and with the byte that says "uncompressed point".
    private static ReadOnlySpan<byte> P256Head => [0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04];

    private static ReadOnlySpan<byte> P384Head => [0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04];

    private readonly byte[] subjectPublicKeyInfo;

    private VerificationKey(byte[] subjectPublicKeyInfo, SignatureAlgorithm algorithm, int signatureBytes)
    {
        this.subjectPublicKeyInfo = subjectPublicKeyInfo;
        Algorithm = algorithm;
        SignatureBytes = signatureBytes;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));
    }

    /// <summary>SHA-256 of the key's SubjectPublicKeyInfo, 64 lower-case hex digits.</summary>
    public string KeyId { get; }

    /// <summary>How the key signs.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>Length of each of its signatures, in bytes.</summary>
    public int SignatureBytes { get; }

    /// <summary>The key as a PEM block <c>PUBLIC KEY</c>.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", subjectPublicKeyInfo);

    /// <summary>The key's SubjectPublicKeyInfo, DER.</summary>
    public byte[] ToDer() => [.. subjectPublicKeyInfo];

    /// <summary>Reads one PEM block <c>PUBLIC KEY</c>.</summary>
    public static Outcome<VerificationKey> Parse(string pem)
    {
        if (!PemText.Parse(pem).TryGet(out var blocks, out var refusal)) return refusal;
        if (blocks is not [{ Label: "PUBLIC KEY" } block]) return SigningRefusal.Of("A public key is one PEM block PUBLIC KEY.");
        return TryRead(block.Der, out var key, out var problem) ? key : SigningRefusal.Of($"The key {problem}.");
    }

    /// <summary>Reads a DER SubjectPublicKeyInfo.</summary>
    public static Outcome<VerificationKey> Read(byte[] der) => TryRead(der, out var key, out var problem) ? key : SigningRefusal.Of($"The key {problem}.");

    /// <summary>Whether a signature over some bytes is this key's. A signature of another length is not.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes) return false;
        if (Algorithm == SignatureAlgorithm.PS256)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return ecdsa.VerifyData(data, signature, HashOf(Algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    internal static HashAlgorithmName HashOf(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.ES384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>Reads a DER SubjectPublicKeyInfo; on false, <paramref name="problem"/> completes "the key ...".</summary>
    internal static bool TryRead(byte[] der, [NotNullWhen(true)] out VerificationKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        try
        {
            var parsed = PublicKey.CreateFromSubjectPublicKeyInfo(der, out var read);
            problem = read == der.Length ? null : "has bytes after its end";
            if (problem is null) key = Read(der, parsed, out problem);
        }
        catch (CryptographicException)
        {
            problem = "cannot be read as a SubjectPublicKeyInfo";
        }

        return key is not null && problem is null;
    }

    private static VerificationKey? Read(byte[] der, PublicKey parsed, out string? problem)
    {
        switch (parsed.Oid.Value)
        {
            case EcOid:
                return ReadEc(der, out problem);
            case RsaOid:
                using (var rsa = parsed.GetRSAPublicKey()) return ReadRsa(der, rsa, out problem);
            default:
                problem = "is neither ECDSA nor RSA";
                return null;
        }
    }

    // The curve is told by the bytes before the point, so that no other curve ever reaches the platform's own parser.
    private static VerificationKey? ReadEc(byte[] der, out string? problem)
    {
        problem = null;
        if (IsPoint(der, P256Head, 64)) return Import(new(der, SignatureAlgorithm.ES256, 64));
        if (IsPoint(der, P384Head, 96)) return Import(new(der, SignatureAlgorithm.ES384, 96));
        problem = "is on a curve other than P-256 and P-384, or is not in its canonical encoding (a named curve and an uncompressed point)";
        return null;
    }

    private static bool IsPoint(byte[] der, ReadOnlySpan<byte> head, int pointBytes) => der.Length == head.Length + pointBytes && der.AsSpan().StartsWith(head);

    /// <summary>Throws when the point is not on its curve.</summary>
    private static VerificationKey Import(VerificationKey key)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.subjectPublicKeyInfo, out _);
        return key;
    }

    private static VerificationKey? ReadRsa(byte[] der, RSA? rsa, out string? problem)
    {
        var bits = rsa?.KeySize ?? 0;
        if (bits is < MinRsaBits or > MaxRsaBits) problem = $"is an RSA key of {bits} bits; {MinRsaBits} to {MaxRsaBits} are accepted";
        else if (!IsUsualExponent(rsa!.ExportParameters(includePrivateParameters: false).Exponent!)) problem = "is an RSA key with an exponent other than 65537";
        else problem = rsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(der) ? null : "is not in its canonical encoding";
        return problem is null ? new(der, SignatureAlgorithm.PS256, (bits + 7) / 8) : null;
    }

    private static bool IsUsualExponent(byte[] exponent) => exponent.AsSpan().TrimStart((byte)0).SequenceEqual<byte>([1, 0, 1]);
}
