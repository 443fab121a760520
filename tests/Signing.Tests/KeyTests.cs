using System.Security.Cryptography;
using CsCheck;

namespace Alga.Extensions.Signing.Tests;

public sealed class KeyTests
{
    [Fact]
    public void A_new_key_is_p256_and_signs_64_bytes()
    {
        Assert.Equal(SignatureAlgorithm.ES256, Sample.Key.Public.Algorithm);
        Assert.Equal(64, Sample.Key.Sign([1, 2, 3]).Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse")]
    public void A_key_survives_being_written(string? passphrase)
    {
        using var read = Sample.Accepted(SigningKey.Parse(Sample.Key.ToPem(passphrase), passphrase));

        Assert.Equal(Sample.Key.Public.KeyId, read.Public.KeyId);
        Assert.True(Sample.Key.Public.Verify([1], read.Sign([1])));
    }

    [Fact]
    public void An_encrypted_key_needs_its_passphrase()
    {
        var pem = Sample.Key.ToPem("correct horse");

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", pem, StringComparison.Ordinal);
        Assert.Contains("Give its passphrase", Sample.Refused(SigningKey.Parse(pem, null)), StringComparison.Ordinal);
        Assert.Contains("does not open", Sample.Refused(SigningKey.Parse(pem, "battery staple")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_public_half_is_written_as_a_trust_entry()
    {
        var key = Assert.Single(Sample.Accepted(TrustBundle.Parse(Sample.Key.ToTrustEntry("acme", "alga-samples"))).Keys);

        Assert.Equal(Sample.Key.Public.KeyId, key.Key.KeyId);
        Assert.Equal(["acme", "alga-samples"], key.Publishers.Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => Sample.Key.ToTrustEntry());
        Assert.Throws<ArgumentException>(() => Sample.Key.ToTrustEntry("acme\n-----BEGIN"));
    }

    [Fact]
    public void A_p384_key_signs_es384_and_an_rsa_key_ps256()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var es384 = Sample.Accepted(SigningKey.Parse(ec.ExportPkcs8PrivateKeyPem(), null));
        using var ps256 = Sample.Accepted(SigningKey.Parse(rsa.ExportPkcs8PrivateKeyPem(), null));

        Assert.Equal((SignatureAlgorithm.ES384, 96), (es384.Public.Algorithm, es384.Sign([1]).Length));
        Assert.Equal((SignatureAlgorithm.PS256, 256), (ps256.Public.Algorithm, ps256.Sign([1]).Length));
        Assert.True(es384.Public.Verify([1], es384.Sign([1])));
        Assert.True(ps256.Public.Verify([1], ps256.Sign([1])));
        Assert.False(ps256.Public.Verify([1], rsa.SignData([1], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        Assert.False(es384.Public.Verify([1], ec.SignData([1], HashAlgorithmName.SHA256)));
    }

    [Fact]
    public void Keys_of_other_kinds_do_not_sign()
    {
        using var p521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        using var small = RSA.Create(1024);

        Assert.Contains("curve other than", Sample.Refused(SigningKey.Parse(p521.ExportPkcs8PrivateKeyPem(), null)), StringComparison.Ordinal);
        Assert.Contains("1024 bits", Sample.Refused(SigningKey.Parse(small.ExportPkcs8PrivateKeyPem(), null)), StringComparison.Ordinal);
        Assert.Contains("PKCS#8", Sample.Refused(SigningKey.Parse(p521.ExportECPrivateKeyPem(), null)), StringComparison.Ordinal);
        Assert.Contains("PKCS#8", Sample.Refused(SigningKey.Parse(Sample.Key.Public.ToPem(), null)), StringComparison.Ordinal);
        Assert.Contains("PKCS#8", Sample.Refused(SigningKey.Parse("", null)), StringComparison.Ordinal);
        Assert.Contains("damaged", Sample.Refused(SigningKey.Parse(PemEncoding.WriteString("PRIVATE KEY", [1, 2, 3]), null)), StringComparison.Ordinal);
    }

    /// <summary>RFC 6979, A.2.5: P-256 with SHA-256, message "sample".</summary>
    [Fact]
    public void A_published_signature_verifies()
    {
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Convert.FromHexString("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"),
                Y = Convert.FromHexString("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"),
            },
        });
        Assert.True(VerificationKey.TryRead(ecdsa.ExportSubjectPublicKeyInfo(), out var key, out _));
        var signature = Convert.FromHexString(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");

        Assert.True(key.Verify("sample"u8, signature));
        Assert.False(key.Verify("Sample"u8, signature));
    }

    [Fact]
    public void Signatures_with_special_numbers_are_refused()
    {
        // Each of r and s: zero, one, the order of P-256 and its neighbours, all bits set.
        var zero = new byte[32];
        byte[] one = [.. new byte[31], 1];
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        byte[] below = [.. order[..31], 0x50];
        byte[] above = [.. order[..31], 0x52];
        byte[] ones = [.. Enumerable.Repeat((byte)0xFF, 32)];
        byte[][] specials = [zero, one, order, below, above, ones];

        foreach (var r in specials)
        {
            Assert.All(specials, s => Assert.False(Sample.Key.Public.Verify("message"u8, [.. r, .. s])));
        }
    }

    [Fact]
    public void A_signature_in_der_or_of_another_length_is_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(VerificationKey.TryRead(ecdsa.ExportSubjectPublicKeyInfo(), out var key, out _));
        var fixedLength = ecdsa.SignData([1], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        Assert.True(key.Verify([1], fixedLength));
        Assert.False(key.Verify([1], ecdsa.SignData([1], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.False(key.Verify([1], []));
        Assert.False(key.Verify([1], fixedLength.AsSpan(0, 63)));
        Assert.False(key.Verify([1], [.. fixedLength, 0]));
        Assert.False(key.Verify([1], [0, .. fixedLength[..32], 0, .. fixedLength[32..]]));
    }

    [Fact]
    public void A_signature_with_any_bit_flipped_is_refused()
    {
        var signature = Sample.Key.Sign([1, 2, 3]);
        Gen.Int[0, (signature.Length * 8) - 1].Sample(
            bit =>
            {
                var flipped = signature.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                return !Sample.Key.Public.Verify([1, 2, 3], flipped);
            },
            iter: 200);
    }
}
