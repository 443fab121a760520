using System.Text;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Signing.Tests;

/// <summary>The registry's counter-signature.</summary>
public sealed class AcceptanceTests
{
    private const string Registry = BundleStatement.DefaultRegistry;

    private static readonly SigningKey RegistryKey = SigningKey.Create();
    private static readonly TrustBundle Trust = Sample.Accepted(TrustBundle.Parse(Sample.Key.ToTrustEntry(Sample.Publisher) + RegistryKey.ToRegistryEntry(Registry)));
    private static readonly byte[] Envelope = Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, Sample.Key));
    private static readonly SignedStatement Signed = new(Sample.Statement, Sample.Key.Public.KeyId);
    private static readonly AcceptanceStatement Acceptance = AcceptanceStatement.Of(Signed, Envelope, Sample.Now.AddTicks(12_345));

    public static TheoryData<string> Fields => ["registry", "publisher", "extension", "version", "bundle.sha256", "bundle.sizeBytes", "envelopeSha256", "publisherKeyId"];

    [Fact]
    public void What_the_registry_signed_is_verified_and_its_time_has_whole_milliseconds()
    {
        var read = Verify(Sign(Acceptance));

        Assert.Equal(Acceptance, read);
        Assert.Equal(Sample.Now.AddMilliseconds(1), read.AcceptedAt);
        Assert.Null(read.FindDifference(Signed, Envelope));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_counter_signature_for_another_field_is_not_for_this_version(string field)
    {
        var other = field switch
        {
            "registry" => Acceptance with { Registry = "elsewhere" },
            "publisher" => Acceptance with { Publisher = "acme" },
            "extension" => Acceptance with { Extension = "com.acme.other" },
            "version" => Acceptance with { Version = "9.9.9" },
            "bundle.sha256" => Acceptance with { Bundle = Acceptance.Bundle with { Sha256 = Sample.Hash("x") } },
            "bundle.sizeBytes" => Acceptance with { Bundle = Acceptance.Bundle with { SizeBytes = 7 } },
            "envelopeSha256" => Acceptance with { EnvelopeSha256 = Sample.Hash("x") },
            _ => Acceptance with { PublisherKeyId = Sample.Hash("x") },
        };

        Assert.Contains(field, other.FindDifference(Signed, Envelope)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_publishers_key_never_counter_signs()
    {
        Assert.Contains("No key of registry", Refuse(Sample.Accepted(EnvelopeSigner.Sign(Acceptance, Sample.Key))), StringComparison.Ordinal);
        Assert.Contains("twice", Sample.Refused(TrustBundle.Parse(Sample.Key.ToTrustEntry(Sample.Publisher) + Sample.Key.ToRegistryEntry(Registry))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_registrys_key_signs_for_no_publisher() =>
        Assert.Contains("No trusted key", Sample.Refused(EnvelopeVerifier.Verify(Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, RegistryKey)), Trust, Sample.Now)), StringComparison.Ordinal);

    [Fact]
    public void Another_registrys_counter_signature_is_refused()
    {
        Assert.Contains("for registry 'elsewhere'", Refuse(Sign(Acceptance with { Registry = "elsewhere" })), StringComparison.Ordinal);
        var elsewhere = Sample.Accepted(TrustBundle.Parse(RegistryKey.ToRegistryEntry("elsewhere")));
        Sample.Refused(RegistryVerifier.VerifyAcceptance(Sign(Acceptance), elsewhere, Registry));
    }

    [Fact]
    public void One_kind_of_document_is_never_taken_for_another()
    {
        Assert.Contains("payload is", Refuse(Envelope), StringComparison.Ordinal);
        Assert.Contains("payload is", Sample.Refused(RegistryVerifier.VerifyIndex(Sign(Acceptance), Trust, Registry, Sample.Statement.Extension, Sample.Now)), StringComparison.Ordinal);
        Assert.Contains("payload is", Sample.Refused(EnvelopeVerifier.Verify(Sign(Acceptance), Trust, Sample.Now)), StringComparison.Ordinal);
        // The type is under the signature: renaming it does not help.
        var renamed = JsonNode.Parse(Sign(Acceptance))!;
        renamed["payloadType"] = IndexStatement.PayloadType;
        Sample.Refused(RegistryVerifier.VerifyIndex(Encoding.UTF8.GetBytes(renamed.ToJsonString()), Trust, Registry, Sample.Statement.Extension, Sample.Now));
    }

    [Theory]
    [InlineData("acceptedAt", "2026-07-01T12:00:00Z")]
    [InlineData("acceptedAt", "2026-07-01T14:00:00.000+02:00")]
    [InlineData("acceptedAt", "1")]
    [InlineData("schema", "alga-acceptance-statement-2")]
    [InlineData("extra", "1")]
    public void A_statement_of_another_form_is_refused(string member, string value)
    {
        var json = JsonNode.Parse(Acceptance.ToJson())!;
        json[member] = value;
        var envelope = Sample.Accepted(EnvelopeSigner.Sign(AcceptanceStatement.PayloadType, Encoding.UTF8.GetBytes(json.ToJsonString()), RegistryKey));

        Assert.Contains("not of the form", Refuse(envelope), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_key_counts_for_what_it_accepted_within_its_bounds()
    {
        var entry = $"registry: {Registry}\nnot-after: 2026-07-01T12:00:00Z\n{RegistryKey.Public.ToPem()}";
        var trust = Sample.Accepted(TrustBundle.Parse(entry));

        Sample.Accepted(RegistryVerifier.VerifyAcceptance(Sign(Acceptance with { AcceptedAt = Sample.Now }), trust, Registry));
        Sample.Refused(RegistryVerifier.VerifyAcceptance(Sign(Acceptance with { AcceptedAt = Sample.Now.AddMilliseconds(1) }), trust, Registry));
    }

    [Fact]
    public void An_altered_counter_signature_is_refused()
    {
        var altered = Encoding.UTF8.GetString(Sign(Acceptance));
        var payload = Convert.ToBase64String((Acceptance with { AcceptedAt = Sample.Now.AddYears(-1) }).ToJson());
        var json = JsonNode.Parse(altered)!;
        json["payload"] = payload;

        Refuse(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    [Fact]
    public void A_register_with_a_key_under_a_false_id_is_refused() =>
        Assert.Contains("is not that key", Sample.Refused(KeyRegister.Of(Sample.Publisher, [new IndexedKey(Sample.Hash("x"), Convert.ToBase64String(Sample.Key.Public.ToDer()), KeyState.Active, null, null, null)])), StringComparison.Ordinal);

    private static byte[] Sign(AcceptanceStatement statement) => Sample.Accepted(EnvelopeSigner.Sign(statement, RegistryKey));

    private static AcceptanceStatement Verify(byte[] envelope) => Sample.Accepted(RegistryVerifier.VerifyAcceptance(envelope, Trust, Registry));

    private static string Refuse(byte[] envelope) => Sample.Refused(RegistryVerifier.VerifyAcceptance(envelope, Trust, Registry));
}
