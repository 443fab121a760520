using System.Security.Cryptography;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>A private key of a publisher. Dispose it when signing is done.</summary>
public sealed class SigningKey : IDisposable
{
    private const string PlainLabel = "PRIVATE KEY";
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    // What OWASP recommends for PBKDF2 with SHA-256.
    private const int KeyDerivationRounds = 600_000;

    private readonly AsymmetricAlgorithm algorithm;

    private SigningKey(AsymmetricAlgorithm algorithm, VerificationKey publicKey)
    {
        this.algorithm = algorithm;
        Public = publicKey;
    }

    /// <summary>The public half.</summary>
    public VerificationKey Public { get; }

    /// <summary>Makes a new P-256 key.</summary>
    public static SigningKey Create()
    {
        var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return TryWrap(ecdsa, out var problem) ?? throw new CryptographicException($"A new key {problem}.");
    }

    /// <summary>Reads an unencrypted PKCS#8 key in DER, as a vault holds it.</summary>
    public static Outcome<SigningKey> Read(byte[] pkcs8)
    {
        if ((Import(ECDsa.Create(), pkcs8, null) ?? Import(RSA.Create(), pkcs8, null)) is not { } imported) return SigningRefusal.Of("The key is not PKCS#8, or of a kind that is not supported.");
        return TryWrap(imported, out var problem) is { } key ? key : SigningRefusal.Of($"The key {problem}.");
    }

    /// <summary>Reads a PKCS#8 key in PEM, encrypted or not.</summary>
    /// <param name="pem">One PEM block, with nothing around it but blank lines and lines that start with <c>#</c>.</param>
    /// <param name="passphrase">Null or empty when the key is not encrypted.</param>
    public static Outcome<SigningKey> Parse(string pem, string? passphrase)
    {
        if (!PemText.Parse(pem).TryGet(out var blocks, out var refusal)) return refusal;
        if (blocks.Count != 1 || blocks[0].Text.Count > 0 || blocks[0].Label is not (PlainLabel or EncryptedLabel))
            return SigningRefusal.Of($"The key file must hold one PEM block '{PlainLabel}' or '{EncryptedLabel}' (PKCS#8). Make one with 'alga-ext keygen'.");
        var encrypted = blocks[0].Label == EncryptedLabel;
        if (encrypted && string.IsNullOrEmpty(passphrase)) return SigningRefusal.Of("The key is encrypted. Give its passphrase.");

        var imported = Import(ECDsa.Create(), blocks[0].Der, encrypted ? passphrase : null) ?? Import(RSA.Create(), blocks[0].Der, encrypted ? passphrase : null);
        if (imported is null)
            return SigningRefusal.Of(encrypted ? "The key does not open with this passphrase, or is damaged." : "The key is damaged, or of a kind that is not supported.");
        if (TryWrap(imported, out var problem) is { } key) return key;
        return SigningRefusal.Of($"The key {problem}. Make one with 'alga-ext keygen'.");
    }

    /// <summary>The private key as PKCS#8 in PEM, encrypted with AES-256 when a passphrase is given.</summary>
    public string ToPem(string? passphrase) => string.IsNullOrEmpty(passphrase)
        ? algorithm.ExportPkcs8PrivateKeyPem()
        : algorithm.ExportEncryptedPkcs8PrivateKeyPem(passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, KeyDerivationRounds));

    /// <summary>The private key as PKCS#8 in DER, unencrypted: for a vault.</summary>
    public byte[] ToPkcs8() => algorithm.ExportPkcs8PrivateKey();

    /// <summary>The public half as a trust bundle's entry for a registry.</summary>
    /// <exception cref="ArgumentException">It is not a registry's name.</exception>
    public string ToRegistryEntry(string registry) => PublisherName.IsValid(registry)
        ? $"registry: {registry}\n{Public.ToPem()}\n"
        : throw new ArgumentException("The registry must have a valid name.", nameof(registry));

    /// <summary>The public half as an entry for a trust bundle, with its line of publishers.</summary>
    /// <exception cref="ArgumentException">There is no publisher, or one of them is not a publisher's name.</exception>
    public string ToTrustEntry(params IReadOnlyList<string> publishers)
    {
        if (publishers.Count == 0 || !publishers.All(PublisherName.IsValid)) throw new ArgumentException("Publishers must be valid names.", nameof(publishers));
        return $"{TrustBundle.PublishersPrefix} {string.Join(", ", publishers)}\n{Public.ToPem()}\n";
    }

    public void Dispose() => algorithm.Dispose();

    internal byte[] Sign(byte[] data) => algorithm switch
    {
        ECDsa ecdsa => ecdsa.SignData(data, VerificationKey.HashOf(Public.Algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        RSA rsa => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => throw new InvalidOperationException("A signing key is ECDSA or RSA."),
    };

    private static AsymmetricAlgorithm? Import(AsymmetricAlgorithm empty, byte[] der, string? passphrase)
    {
        try
        {
            int read;
            if (passphrase is null) empty.ImportPkcs8PrivateKey(der, out read);
            else empty.ImportEncryptedPkcs8PrivateKey(passphrase, der, out read);
            if (read == der.Length) return empty;
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            // Not a key of this kind, a curve nobody here knows, or not this passphrase: the caller says so.
        }

        empty.Dispose();
        return null;
    }

    private static SigningKey? TryWrap(AsymmetricAlgorithm algorithm, out string? problem)
    {
        if (VerificationKey.TryRead(algorithm.ExportSubjectPublicKeyInfo(), out var publicKey, out problem)) return new(algorithm, publicKey);
        algorithm.Dispose();
        return null;
    }
}
