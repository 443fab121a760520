using System.Numerics;
using System.Security.Cryptography;

namespace Alga.Extensions.Signing.Tests;

/// <summary>The classes of faulty signatures that Wycheproof's vectors are made of, made anew with keys of our own.</summary>
public sealed class ForgedSignatureTests
{
    private static readonly byte[] Message = "123400"u8.ToArray();

    private static readonly BigInteger P256Order = Number("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly BigInteger P384Order = Number("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    public static TheoryData<string> Curves => ["P-256", "P-384"];

    [Theory]
    [MemberData(nameof(Curves))]
    public void Numbers_that_only_mean_the_same_modulo_the_order_are_refused(string curve)
    {
        var (key, ecdsa, order, bytes, hash) = Make(curve);
        using (ecdsa)
        {
            var signature = ecdsa.SignData(Message, hash);
            var (r, s) = (Unsigned(signature[..bytes]), Unsigned(signature[bytes..]));
            var limit = BigInteger.One << (8 * bytes);
            Assert.True(key.Verify(Message, signature));

            foreach (var (badR, badS) in new (BigInteger, BigInteger)[]
            {
                (r + order, s), (r, s + order), (r + order, s + order), (order - r, s), (0, s), (r, 0), (0, 0), (order, s), (r, order), (order, order),
                (order - 1, s), (r, 1), (1, s), (limit - 1, s), (r, limit - 1), (s, r), (r + 1, s), (r, s + 1),
            })
            {
                if (badR >= limit || badS >= limit) continue;
                Assert.False(key.Verify(Message, [.. Fixed(badR, bytes), .. Fixed(badS, bytes)]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Another_length_hash_curve_or_message_is_refused(string curve)
    {
        var (key, ecdsa, _, bytes, hash) = Make(curve);
        using (ecdsa)
        {
            var signature = ecdsa.SignData(Message, hash);
            Assert.All(
                new byte[][]
                {
                    [], [0], signature[..^1], [.. signature, 0], [0, .. signature], [.. signature, .. signature], [.. new byte[2], .. signature[..bytes], .. new byte[2], .. signature[bytes..]],
                    ecdsa.SignData(Message, HashAlgorithmName.SHA512), ecdsa.SignData(Message, HashAlgorithmName.SHA1),
                    ecdsa.SignData(Message, hash, DSASignatureFormat.Rfc3279DerSequence),
                },
                forged => Assert.False(key.Verify(Message, forged)));
            Assert.False(key.Verify([], signature));
            Assert.False(key.Verify([.. Message, 0], signature));
        }
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(3072)]
    public void An_RSA_signature_with_other_parameters_is_refused(int bits)
    {
        using var rsa = RSA.Create(bits);
        Assert.True(VerificationKey.TryRead(rsa.ExportSubjectPublicKeyInfo(), out var key, out _));
        var signature = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        var modulus = Unsigned(rsa.ExportParameters(false).Modulus!);
        var limit = BigInteger.One << bits;
        Assert.True(key.Verify(Message, signature));
        Assert.True(key.Verify(Message, SignPss(rsa, saltBytes: 32)));

        List<byte[]> forged =
        [
            [], [0], signature[..^1], [.. signature, 0], [0, .. signature],
            rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            rsa.SignData(Message, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
            rsa.SignData(Message, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
            SignPss(rsa, saltBytes: 0),
            SignPss(rsa, saltBytes: 20),
            SignPss(rsa, saltBytes: 33),
            SignPss(rsa, saltBytes: 32, mask: SHA1.HashData),
            SignPss(rsa, saltBytes: 32, trailer: 0xCC),
            new byte[bits / 8],
            Fixed(1, bits / 8),
            Fixed(modulus - 1, bits / 8),
            Fixed(modulus, bits / 8),
            Fixed(modulus - Unsigned(signature), bits / 8),
        ];
        if (Unsigned(signature) + modulus < limit) forged.Add(Fixed(Unsigned(signature) + modulus, bits / 8));

        Assert.All(forged, other => Assert.False(key.Verify(Message, other)));
        Assert.False(key.Verify([.. Message, 0], signature));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    public void An_RSA_key_with_a_small_exponent_is_no_key(int exponent)
    {
        using var usual = RSA.Create(2048);
        using var rsa = RSA.Create(new RSAParameters { Modulus = usual.ExportParameters(false).Modulus, Exponent = [(byte)exponent] });

        Assert.False(VerificationKey.TryRead(rsa.ExportSubjectPublicKeyInfo(), out _, out var problem));
        Assert.Contains("exponent", problem, StringComparison.Ordinal);
    }

    /// <summary>The example of the DSSE protocol: the key's secret number, the payload and its type, and a signature over them.</summary>
    [Fact]
    public void The_example_of_the_DSSE_protocol_verifies()
    {
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Fixed(BigInteger.Parse("97358161215184420915383655311931858321456579547487070936769975997791359926199", System.Globalization.CultureInfo.InvariantCulture), 32),
        });
        var point = ecdsa.ExportParameters(false).Q;
        Assert.Equal("46950820868899156662930047687818585632848591499744589407958293238635476079160", Unsigned(point.X!).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("5640078356564379163099075877009565129882514886557779369047442380624545832820", Unsigned(point.Y!).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(VerificationKey.TryRead(ecdsa.ExportSubjectPublicKeyInfo(), out var key, out _));
        var signature = Convert.FromBase64String("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");

        Assert.True(key.Verify(Dsse.PreAuthenticationEncoding("http://example.com/HelloWorld", "hello world"u8), signature));
        Assert.False(key.Verify(Dsse.PreAuthenticationEncoding("http://example.com/HelloWorld", "hello World"u8), signature));
        Assert.False(key.Verify("hello world"u8, signature));
    }

    private static (VerificationKey Key, ECDsa Ecdsa, BigInteger Order, int Bytes, HashAlgorithmName Hash) Make(string curve)
    {
        var isP256 = curve == "P-256";
        var ecdsa = ECDsa.Create(isP256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        Assert.True(VerificationKey.TryRead(ecdsa.ExportSubjectPublicKeyInfo(), out var key, out _));
        return isP256 ? (key, ecdsa, P256Order, 32, HashAlgorithmName.SHA256) : (key, ecdsa, P384Order, 48, HashAlgorithmName.SHA384);
    }

    /// <summary>RFC 8017, 9.1.1, with parameters that the platform's own signer does not offer.</summary>
    private static byte[] SignPss(RSA rsa, int saltBytes, Func<byte[], byte[]>? mask = null, byte trailer = 0xBC)
    {
        var parameters = rsa.ExportParameters(true);
        var length = parameters.Modulus!.Length;
        byte[] salt = [.. Enumerable.Range(1, saltBytes).Select(number => (byte)number)];
        var hash = SHA256.HashData([.. new byte[8], .. SHA256.HashData(Message), .. salt]);
        byte[] block = [.. new byte[length - saltBytes - hash.Length - 2], 1, .. salt];
        byte[] stream = [.. Enumerable.Range(0, (length / 20) + 1).SelectMany(counter => (mask ?? SHA256.HashData)([.. hash, 0, 0, (byte)(counter >> 8), (byte)counter]))];
        for (var index = 0; index < block.Length; index++) block[index] ^= stream[index];
        // Moduli of 2,048 and 3,072 bits: the encoded message is one bit shorter.
        block[0] &= 0x7F;
        byte[] encoded = [.. block, .. hash, trailer];
        return Fixed(BigInteger.ModPow(Unsigned(encoded), Unsigned(parameters.D!), Unsigned(parameters.Modulus)), length);
    }

    private static BigInteger Number(string hex) => Unsigned(Convert.FromHexString(hex));

    private static BigInteger Unsigned(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Fixed(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
