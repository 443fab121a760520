using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Signing.Tests;

/// <summary>Keys that an authority of the trust bundle vouches for.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly Authority root = Authority.Root();
    private readonly SigningKey key = SigningKey.Create();

    public void Dispose()
    {
        root.Dispose();
        key.Dispose();
    }

    [Fact]
    public void A_key_with_a_certificate_of_an_authority_signs_for_the_authoritys_publishers()
    {
        var statement = Accept(root.Entry, root.Certify(key));

        Assert.Null(StatementCheck.FindDifference(statement, Sample.Statement));
    }

    [Fact]
    public void Certificates_between_key_and_authority_travel_with_the_signature()
    {
        using var middle = root.Issue("CN=middle");
        using var lower = middle.Issue("CN=lower");

        Accept(root.Entry, lower.Certify(key) + lower.Pem + middle.Pem);
        Accept(root.Entry, lower.Certify(key) + middle.Pem + lower.Pem);
        Refuse(root.Entry, lower.Certify(key) + lower.Pem, "does not verify");
    }

    [Fact]
    public void An_authority_vouches_only_for_its_own_publishers() =>
        Refuse(root.Entry.Replace(Sample.Publisher, "acme", StringComparison.Ordinal), root.Certify(key), "may not sign for publisher");

    [Fact]
    public void A_certificate_of_a_stranger_with_the_authoritys_name_is_refused()
    {
        using var impostor = Authority.Root();

        Refuse(root.Entry, impostor.Certify(key), "does not verify");
        Refuse(root.Entry, impostor.Certify(key) + impostor.Pem, "does not verify");
    }

    [Fact]
    public void The_systems_own_authorities_count_for_nothing_and_no_authority_at_all_vouches_for_nobody() =>
        Refuse(Sample.Key.ToTrustEntry(Sample.Publisher), root.Certify(key), "has no authority");

    [Fact]
    public void Validity_is_that_at_the_time_of_acceptance_to_the_second()
    {
        var leaf = new Authority.Leaf();
        var envelope = Sign(root.Certify(key, leaf));
        var trust = Sample.Accepted(TrustBundle.Parse(root.Entry));

        Sample.Accepted(EnvelopeVerifier.Verify(envelope, trust, leaf.NotBefore));
        Sample.Accepted(EnvelopeVerifier.Verify(envelope, trust, leaf.NotAfter.AddSeconds(-1)));
        Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, leaf.NotBefore.AddSeconds(-1)));
        Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, leaf.NotAfter.AddSeconds(1)));
        Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, Authority.End.AddSeconds(1)));
    }

    [Fact]
    public void A_certificate_for_another_use_is_refused()
    {
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { Usage = null }), "key usage");
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { Usage = X509KeyUsageFlags.KeyEncipherment }), "key usage");
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { Purpose = null }), "code signing");
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { Purpose = "1.3.6.1.5.5.7.3.1" }), "code signing");
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { IsAuthority = true, Usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign }), "authority's");
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { HasUnknownCriticalExtension = true }), "does not verify");
        Refuse(root.Entry, root.Certify(key, new Authority.Leaf { Hash = HashAlgorithmName.SHA512 }), "algorithm");
    }

    [Fact]
    public void A_certificate_that_may_not_issue_issues_nothing()
    {
        using var middle = root.Issue("CN=middle", isAuthority: false);

        Refuse(root.Entry, middle.Certify(key) + middle.Pem, "does not verify");
    }

    [Fact]
    public void The_length_of_the_path_is_bounded_by_the_authority_and_by_us()
    {
        using var narrow = Authority.Root("CN=narrow", pathLength: 0);
        using var below = narrow.Issue("CN=below");
        using var a = root.Issue("CN=a");
        using var b = a.Issue("CN=b");
        using var c = b.Issue("CN=c");
        using var d = c.Issue("CN=d");

        Accept(narrow.Entry, narrow.Certify(key));
        Refuse(narrow.Entry, below.Certify(key) + below.Pem, "does not verify");
        Accept(root.Entry, c.Certify(key) + c.Pem + b.Pem + a.Pem);
        var tooLong = Sample.Refused(CertificateChain.Parse(d.Certify(key) + d.Pem + c.Pem + b.Pem + a.Pem));
        Assert.Contains("1 to 4", tooLong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_under_a_foreign_certificate_is_refused()
    {
        using var other = SigningKey.Create();
        var envelope = JsonNode.Parse(Sign(root.Certify(key)))!;
        var foreign = JsonNode.Parse(Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, other, Chain(root.Certify(other)))))!;
        envelope["signatures"]![0]!["x5c"] = foreign["signatures"]![0]!["x5c"]!.DeepClone();

        Refused(root.Entry, envelope, "with the key of its certificate");
        Sample.Refused(EnvelopeSigner.Sign(Sample.Statement, other, Chain(root.Certify(key))));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""["AAAA"]""")]
    [InlineData("""["%%%"]""")]
    [InlineData("""[null]""")]
    [InlineData("""["AAAA", "AAAA", "AAAA", "AAAA", "AAAA"]""")]
    public void A_chain_that_is_none_is_refused(string x5c)
    {
        var envelope = JsonNode.Parse(Sign(root.Certify(key)))!;
        envelope["signatures"]![0]!["x5c"] = JsonNode.Parse(x5c);

        Refused(root.Entry, envelope, "");
    }

    [Fact]
    public void A_compromised_certificates_key_is_rejected_by_its_id()
    {
        var envelope = Sign(root.Certify(key));
        var trust = Sample.Accepted(TrustBundle.Parse(root.Entry));
        var register = Sample.Accepted(KeyRegister.Of(Sample.Publisher, [new IndexedKey(key.Public.KeyId, null, KeyState.Compromised, null, null, Sample.Now)]));

        Assert.True(EnvelopeVerifier.Verify(envelope, trust, register, Sample.Now.AddMilliseconds(-1)).TryGet(out _, out _));
        Assert.False(EnvelopeVerifier.Verify(envelope, trust, register, Sample.Now).TryGet(out _, out _));
    }

    [Fact]
    public void Entries_of_a_trust_bundle_have_one_role_that_fits_them()
    {
        using var stray = Authority.Root("CN=stray");
        using var middle = root.Issue("CN=middle");
        var block = key.Public.ToPem();
        foreach (var (pem, because) in new[]
        {
            ($"authority: acme\n{block}", "CERTIFICATE, not a PUBLIC KEY"),
            ($"registry: acme\n{root.Pem}", "PUBLIC KEY, not a CERTIFICATE"),
            ($"registry: a-b, c-d\n{block}", "one registry"),
            ($"registry: *\n{block}", "one registry's name"),
            ($"authority: acme\npublishers: acme\n{root.Pem}", "exactly one line"),
            ($"authority: acme\n{root.Certify(key)}", "no authority's"),
            ($"authority: acme\n{middle.Pem}", "issued by another"),
            ($"publishers: acme\n{root.Certify(key)}", "no authority of this bundle"),
            ($"{stray.Entry}publishers: {Sample.Publisher}\n{root.Certify(key)}", "no authority of this bundle"),
            ($"{root.Entry}publishers: acme\n{root.Certify(key)}", "no authority of this bundle"),
            ($"publishers: acme\nnot-before: 2026-01-01\n{block}", "written in UTC"),
            ($"publishers: acme\nnot-before: 2026-01-01T00:00:00Z\nnot-before: 2026-01-01T00:00:00Z\n{block}", "twice"),
            ($"publishers: acme\nnot-before: 2026-01-02T00:00:00Z\nnot-after: 2026-01-01T00:00:00Z\n{block}", "later than"),
            ($"authority: acme\nnot-after: 2026-01-01T00:00:00Z\n{root.Pem}", "own validity"),
            ($"publishers: acme\n{block}\nregistry: alga-extensions\n{block}", "twice"),
        })
        {
            Assert.Contains(because, Sample.Refused(TrustBundle.Parse(pem)), StringComparison.Ordinal);
        }

        var trust = Sample.Accepted(TrustBundle.Parse($"{root.Entry}publishers: {Sample.Publisher}\n{root.Certify(key)}\n{Sample.Key.ToRegistryEntry("alga-extensions")}"));
        Assert.Equal((1, 1, 1), (trust.Keys.Count, trust.Authorities.Count, trust.RegistryKeys.Count));
    }

    [Fact]
    public void A_bare_key_counts_within_the_bounds_of_its_entry()
    {
        var entry = $"publishers: {Sample.Publisher}\nnot-before: 2026-07-01T12:00:00Z\nnot-after: 2026-07-01T13:00:00Z\n{key.Public.ToPem()}";
        var trust = Sample.Accepted(TrustBundle.Parse(entry));
        var envelope = Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, key));

        Sample.Accepted(EnvelopeVerifier.Verify(envelope, trust, Sample.Now));
        Sample.Accepted(EnvelopeVerifier.Verify(envelope, trust, Sample.Now.AddHours(1)));
        Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, Sample.Now.AddMilliseconds(-1)));
        Sample.Refused(EnvelopeVerifier.Verify(envelope, trust, Sample.Now.AddHours(1).AddMilliseconds(1)));
    }

    private static CertificateChain Chain(string pem) => Sample.Accepted(CertificateChain.Parse(pem));

    private byte[] Sign(string certificates) => Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, key, Chain(certificates)));

    private BundleStatement Accept(string trust, string certificates) =>
        Sample.Accepted(EnvelopeVerifier.Verify(Sign(certificates), Sample.Accepted(TrustBundle.Parse(trust)), Sample.Now));

    private void Refuse(string trust, string certificates, string because)
    {
        var chain = CertificateChain.Parse(certificates);
        var message = chain.TryGet(out _, out var refusal)
            ? Sample.Refused(EnvelopeVerifier.Verify(Sign(certificates), Sample.Accepted(TrustBundle.Parse(trust)), Sample.Now))
            : refusal.Message;
        Assert.Contains(because, message, StringComparison.Ordinal);
    }

    private static void Refused(string trust, JsonNode envelope, string because) => Assert.Contains(
        because,
        Sample.Refused(EnvelopeVerifier.Verify(Encoding.UTF8.GetBytes(envelope.ToJsonString()), Sample.Accepted(TrustBundle.Parse(trust)), Sample.Now)),
        StringComparison.Ordinal);
}
