using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>What an entry of a trust bundle may do.</summary>
internal enum TrustRole
{
    /// <summary><c>publishers: a, b</c>: signs for them.</summary>
    Publisher,

    /// <summary><c>authority: a, b</c>: vouches, by certificates, for keys that sign for them.</summary>
    Authority,

    /// <summary><c>registry: name</c>: counter-signs and signs indexes for that registry.</summary>
    Registry,
}

/// <summary>
/// One block of a trust bundle with its lines: exactly one of a role, and for a bare key at most one <c>not-before:</c> and one
/// <c>not-after:</c> (RFC 3339, UTC, whole seconds). A certificate has its own validity.
/// </summary>
internal sealed record TrustEntry(PemBlock Block, TrustRole Role, FrozenSet<string> Names, VerificationKey Key, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    private const int MaxCertificateBytes = 16 * 1024;
    private const string AuthorityPrefix = "authority:";
    private const string RegistryPrefix = "registry:";
    private const string NotBeforePrefix = "not-before:";
    private const string NotAfterPrefix = "not-after:";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly string[] RolePrefixes = [TrustBundle.PublishersPrefix, AuthorityPrefix, RegistryPrefix];

    public byte[] Der => Block.Der;

    public static Outcome<TrustEntry> Read(PemBlock block)
    {
        if (block.Label.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return Refuse(block, "this is a private key, which must never be here; take it out, treat it as compromised and put the public key in");
        if (block.Label is not ("CERTIFICATE" or "PUBLIC KEY")) return Refuse(block, $"a block '{Printable.Of(block.Label)}' is not accepted; use CERTIFICATE or PUBLIC KEY");
        var roles = block.Text.Where(line => Array.Exists(RolePrefixes, prefix => line.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        if (roles is not [var role]) return Refuse(block, "exactly one line 'publishers: name, other-name', 'authority: name, other-name' or 'registry: name' must stand before the block");
        if (!ReadRole(block, role).TryGet(out var named, out var refusal)) return refusal;
        if (!ReadBounds(block, [.. block.Text.Where(line => line != role)]).TryGet(out var bounds, out refusal)) return refusal;
        return block.Label == "CERTIFICATE" ? ReadCertificate(block, named, bounds) : ReadKey(block, named, bounds);
    }

    /// <summary>A certificate that signs for publishers is its own issuer, or an authority of this bundle issued it for all of them.</summary>
    public Refusal? FindIssuerFault(IReadOnlyList<TrustAuthority> authorities)
    {
        if (Block.Label != "CERTIFICATE" || Role != TrustRole.Publisher || IsSelfIssued(Der)) return null;
        if (!CertificateChain.Read([Convert.ToBase64String(Der)]).TryGet(out var chain, out var refusal)) return Refuse(refusal.Message);
        // When the certificate begins, it and its issuer must be in order; at the time of a signature its validity is looked at again.
        return authorities.Any(authority => authority.Publishers.IsSupersetOf(Names) && chain.FindFault(authority, NotBefore!.Value) is null)
            ? null
            : Refuse("no authority of this bundle issued the certificate for all of its publishers; add the issuer with an 'authority:' line, or pin the public key instead");
    }

    public Refusal Refuse(string problem) => Refuse(Block, problem);

    private static Outcome<(TrustRole Role, FrozenSet<string> Names)> ReadRole(PemBlock block, string line)
    {
        var prefix = RolePrefixes.Single(known => line.StartsWith(known, StringComparison.Ordinal));
        var names = line[prefix.Length..].Split(',').Select(name => name.Trim(' ')).ToList();
        if (!names.TrueForAll(PublisherName.IsValid) || names.Distinct().Count() != names.Count)
            return Refuse(block, $"the line '{prefix}' must list {(prefix == RegistryPrefix ? "one registry's name" : "different publisher names, separated by commas")}");
        if (prefix == RegistryPrefix && names.Count != 1) return Refuse(block, "the line 'registry:' must name one registry");
        if (prefix == AuthorityPrefix && block.Label != "CERTIFICATE") return Refuse(block, "an authority is a CERTIFICATE, not a PUBLIC KEY");
        if (prefix == RegistryPrefix && block.Label != "PUBLIC KEY") return Refuse(block, "a registry's key is a PUBLIC KEY, not a CERTIFICATE");
        var role = prefix == AuthorityPrefix ? TrustRole.Authority : prefix == RegistryPrefix ? TrustRole.Registry : TrustRole.Publisher;
        return (role, names.ToFrozenSet(StringComparer.Ordinal));
    }

    private static Outcome<(DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)> ReadBounds(PemBlock block, List<string> lines)
    {
        (DateTimeOffset? NotBefore, DateTimeOffset? NotAfter) bounds = default;
        foreach (var line in lines)
        {
            var isStart = line.StartsWith(NotBeforePrefix, StringComparison.Ordinal);
            if (!isStart && !line.StartsWith(NotAfterPrefix, StringComparison.Ordinal))
                return Refuse(block, $"exactly one line says what the entry may do, and '{Printable.Of(line)}' is none that is known");
            if (block.Label == "CERTIFICATE") return Refuse(block, "a certificate has its own validity; take the line 'not-before:' or 'not-after:' out");
            var text = line[(isStart ? NotBeforePrefix : NotAfterPrefix).Length..].Trim(' ');
            if (!DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                return Refuse(block, "a time is written in UTC, such as 2026-01-31T12:00:00Z");
            if ((isStart ? bounds.NotBefore : bounds.NotAfter) is not null) return Refuse(block, "a line 'not-before:' or 'not-after:' is there twice");
            bounds = isStart ? (time, bounds.NotAfter) : (bounds.NotBefore, time);
        }

        return bounds.NotBefore > bounds.NotAfter ? Refuse(block, "'not-before:' is later than 'not-after:'") : bounds;
    }

    private static Outcome<TrustEntry> ReadKey(PemBlock block, (TrustRole Role, FrozenSet<string> Names) named, (DateTimeOffset? NotBefore, DateTimeOffset? NotAfter) bounds) =>
        VerificationKey.TryRead(block.Der, out var key, out var problem)
            ? new TrustEntry(block, named.Role, named.Names, key, bounds.NotBefore, bounds.NotAfter)
            : Refuse(block, $"the key {problem}");

    private static Outcome<TrustEntry> ReadCertificate(
        PemBlock block, (TrustRole Role, FrozenSet<string> Names) named, (DateTimeOffset? NotBefore, DateTimeOffset? NotAfter) bounds)
    {
        if (!CertificateRules.ReadKey(block.Der, MaxCertificateBytes).TryGet(out var key, out var refusal)) return Refuse(block, Uncapitalised(refusal.Message));
        using var certificate = X509CertificateLoader.LoadCertificate(block.Der);
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;
        if (named.Role == TrustRole.Publisher && usage?.HasFlag(X509KeyUsageFlags.DigitalSignature) == false) return Refuse(block, "the certificate is not for digital signatures");
        if (named.Role == TrustRole.Authority)
        {
            var constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
            if (constraints is not { CertificateAuthority: true }) return Refuse(block, "the certificate is no authority's (basic constraints)");
            if (usage?.HasFlag(X509KeyUsageFlags.KeyCertSign) != true) return Refuse(block, "the certificate does not say that its key signs certificates (key usage)");
            if (!IsSelfIssued(block.Der)) return Refuse(block, "the authority's certificate was issued by another; put the root here, the ones below it travel with the signature");
        }

        return new TrustEntry(block, named.Role, named.Names, key, bounds.NotBefore ?? CertificateRules.NotBefore(certificate), bounds.NotAfter ?? CertificateRules.NotAfter(certificate));
    }

    /// <summary>Whether it names itself as its issuer. That an operator put it here is why it is trusted, not its own signature.</summary>
    private static bool IsSelfIssued(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
    }

    private static string Uncapitalised(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');

    private static Refusal Refuse(PemBlock block, string problem) => SigningRefusal.Of($"Trust bundle, block at line {block.Line}: {problem}.");
}
