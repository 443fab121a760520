using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// The keys that may sign, each for its publishers. Written as PEM: before each block <c>CERTIFICATE</c> or <c>PUBLIC KEY</c>
/// stands a line <c>publishers: name, other-name</c>. One fault anywhere refuses the whole.
/// </summary>
public sealed class TrustBundle
{
    internal const string PublishersPrefix = "publishers:";

    private TrustBundle(IReadOnlyList<TrustedKey> keys) => Keys = keys;

    /// <summary>At least one, each key once.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; }

    /// <summary>Reads a setting that is either PEM itself or the path of a file with PEM.</summary>
    public static Outcome<TrustBundle> Load(string pathOrPem)
    {
        if (pathOrPem.Contains("-----BEGIN ", StringComparison.Ordinal)) return Parse(pathOrPem);
        try
        {
            return Parse(File.ReadAllText(pathOrPem));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return SigningRefusal.Of($"The trust bundle '{Printable.Of(pathOrPem)}' cannot be read. Give the path of a readable PEM file, or the PEM text itself.");
        }
    }

    /// <summary>Reads PEM text.</summary>
    public static Outcome<TrustBundle> Parse(string pem)
    {
        if (!PemText.Parse(pem).TryGet(out var blocks, out var refusal)) return refusal;
        if (blocks.Count == 0) return SigningRefusal.Of("The trust bundle has no key. Add a publisher's public key; 'alga-ext keygen' writes one with its 'publishers:' line.");
        var keys = new List<TrustedKey>();
        foreach (var block in blocks)
        {
            if (!ReadEntry(block).TryGet(out var key, out var fault)) return fault;
            if (keys.Exists(other => other.Key.KeyId == key.Key.KeyId)) return Refuse(block, "this key is there twice; name all its publishers in one line");
            keys.Add(key);
        }

        return new TrustBundle(keys);
    }

    private static Outcome<TrustedKey> ReadEntry(PemBlock block)
    {
        if (block.Label.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return Refuse(block, "this is a private key, which must never be here; take it out, treat it as compromised and put the public key in");
        if (block.Label is not ("CERTIFICATE" or "PUBLIC KEY")) return Refuse(block, $"a block '{Printable.Of(block.Label)}' is not accepted; use CERTIFICATE or PUBLIC KEY");
        if (block.Text is not [var line] || !line.StartsWith(PublishersPrefix, StringComparison.Ordinal))
            return Refuse(block, $"exactly one line '{PublishersPrefix} name, other-name' must stand before the block");

        var publishers = line[PublishersPrefix.Length..].Split(',').Select(name => name.Trim(' ')).ToList();
        if (!publishers.TrueForAll(PublisherName.IsValid) || publishers.Distinct().Count() != publishers.Count)
            return Refuse(block, $"the line '{PublishersPrefix}' must list different publisher names, separated by commas");
        return block.Label == "CERTIFICATE" ? ReadCertificate(block, publishers) : ReadKey(block, block.Der, publishers, null, null);
    }

    private static Outcome<TrustedKey> ReadCertificate(PemBlock block, List<string> publishers)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(block.Der);
            if (!certificate.RawDataMemory.Span.SequenceEqual(block.Der)) return Refuse(block, "the certificate has bytes after its end");
            var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
            if (usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)) return Refuse(block, "the certificate is not for digital signatures");
            return ReadKey(block, certificate.PublicKey.ExportSubjectPublicKeyInfo(), publishers, Utc(certificate.NotBefore), Utc(certificate.NotAfter));
        }
        catch (CryptographicException)
        {
            return Refuse(block, "the certificate cannot be read");
        }
    }

    private static Outcome<TrustedKey> ReadKey(PemBlock block, byte[] der, List<string> publishers, DateTimeOffset? notBefore, DateTimeOffset? notAfter) =>
        VerificationKey.TryRead(der, out var key, out var problem)
            ? new TrustedKey(key, publishers.ToFrozenSet(StringComparer.Ordinal), notBefore, notAfter)
            : Refuse(block, $"the key {problem}");

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    private static Refusal Refuse(PemBlock block, string problem) => SigningRefusal.Of($"Trust bundle, block at line {block.Line}: {problem}.");
}
