using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Alga.Extensions.Signing.Tests;

public sealed class EnvelopeTests
{
    private static readonly byte[] Envelope = Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, Sample.Key));

    [Fact]
    public void What_was_signed_is_verified()
    {
        var statement = Sample.Accepted(EnvelopeVerifier.Verify(Envelope, Sample.Trust, Sample.Now));

        Assert.Null(StatementCheck.FindDifference(statement, Sample.Statement));
    }

    [Fact]
    public void The_envelope_has_the_members_of_the_protocol()
    {
        var json = JsonNode.Parse(Envelope)!.AsObject();

        Assert.Equal(["payload", "payloadType", "signatures"], json.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["keyid", "sig"], json["signatures"]![0]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_mutated_envelope_is_refused_or_says_the_same() =>
        Gen.Select(Gen.Int[0, Envelope.Length - 1], Gen.Byte, Gen.Int[0, 2]).Sample((at, value, cut) =>
        {
            byte[] mutated = [.. Envelope[..at], value, .. Envelope[Math.Min(Envelope.Length, at + cut)..]];
            return !EnvelopeVerifier.Verify(mutated, Sample.Trust, Sample.Now).TryGet(out var statement, out _)
                || StatementCheck.FindDifference(statement, Sample.Statement) is null;
        });

    [Fact]
    public void Any_bytes_are_refused_without_an_exception() =>
        Gen.Byte.Array[0, 300].Sample(bytes => !EnvelopeVerifier.Verify(bytes, Sample.Trust, Sample.Now).TryGet(out _, out _));

    [Fact]
    public void An_altered_payload_is_refused()
    {
        var altered = Alter(json =>
        {
            var payload = Convert.FromBase64String((string)json["payload"]!);
            json["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(payload).Replace("1.0.0", "1.0.1", StringComparison.Ordinal)));
        });

        Assert.Contains("altered", Verify(altered), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_payload_type_is_refused()
    {
        Assert.Contains("altered", Verify(Sample.Sign(Sample.Statement.ToJson(), type: BundleStatement.PayloadType), json => json["payload"] = ""), StringComparison.Ordinal);
        Assert.Contains("not application/vnd.alga", Verify(Sample.Sign(Sample.Statement.ToJson(), type: "application/json")), StringComparison.Ordinal);
        Assert.Contains("not application/vnd.alga", Verify(Envelope, json => json["payloadType"] = "application/vnd.alga.bundle-statement+JSON"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_of_an_unknown_key_is_refused_and_says_who_can_help()
    {
        using var stranger = SigningKey.Create();

        var message = Verify(Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, stranger)));

        Assert.Contains(stranger.Public.KeyId, message, StringComparison.Ordinal);
        Assert.Contains("operator", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_does_not_sign_for_another_publisher()
    {
        var foreign = Sample.Statement with { Publisher = "acme" };

        Assert.Contains("may not sign for publisher 'acme'", Verify(Sample.Accepted(EnvelopeSigner.Sign(foreign, Sample.Key))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_cannot_sign_under_a_trusted_keys_id()
    {
        using var stranger = SigningKey.Create();
        var forged = Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, stranger));

        Assert.Contains("altered", Verify(forged, json => json["signatures"]![0]!["keyid"] = Sample.Key.Public.KeyId), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_id_is_a_hint_and_may_be_missing() =>
        Sample.Accepted(EnvelopeVerifier.Verify(Alter(json => json["signatures"]![0]!.AsObject().Remove("keyid")), Sample.Trust, Sample.Now));

    [Fact]
    public void A_second_signature_of_a_stranger_does_no_harm_and_no_good()
    {
        using var stranger = SigningKey.Create();
        var other = JsonNode.Parse(Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, stranger)))!["signatures"]![0]!;

        Sample.Accepted(EnvelopeVerifier.Verify(Alter(json => json["signatures"]!.AsArray().Insert(0, other.DeepClone())), Sample.Trust, Sample.Now));
        Verify(Envelope, json => json["signatures"] = new JsonArray(other.DeepClone()));
    }

    [Fact]
    public void Both_alphabets_of_base64_are_read_but_no_mixture_and_no_loose_form()
    {
        var sig = (string)JsonNode.Parse(Envelope)!["signatures"]![0]!["sig"]!;
        void Set(JsonObject json, string value) => json["signatures"]![0]!["sig"] = value;

        Sample.Accepted(EnvelopeVerifier.Verify(Alter(json => Set(json, sig.Replace('+', '-').Replace('/', '_'))), Sample.Trust, Sample.Now));
        Verify(Envelope, json => Set(json, sig.TrimEnd('=')));
        Verify(Envelope, json => Set(json, sig.Insert(8, "\n")));
        Verify(Envelope, json => Set(json, sig + "===="));
        Assert.Null(Base64.DecodeEither("-+AA"));
        Assert.Null(Base64.DecodeEither("AB=="));
        Assert.Equal([0xFB, 0xFF], Base64.DecodeEither("-_8="));
    }

    [Fact]
    public void No_signature_and_too_many_are_refused()
    {
        Assert.Contains("0 signatures", Verify(Envelope, json => json["signatures"] = new JsonArray()), StringComparison.Ordinal);
        Assert.Contains("9 signatures", Verify(Envelope, json => json["signatures"] = Repeat(json["signatures"]![0]!, 9)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    [InlineData("""[]""")]
    [InlineData("""{ "payloadType": null, "payload": "", "signatures": [] }""")]
    [InlineData("""{ "payloadType": "a", "payload": "", "signatures": [null] }""")]
    [InlineData("""{ "payloadType": "a", "payload": "", "signatures": [{ "keyid": "a" }] }""")]
    [InlineData("""{ "payloadType": "a", "payload": "", "signatures": [], "extra": 1 }""")]
    [InlineData("""{ "payloadType": "a", "payloadType": "a", "payload": "", "signatures": [] }""")]
    [InlineData("""{ "payloadType": "\ud800", "payload": "", "signatures": [] }""")]
    public void A_loose_envelope_is_refused(string json) =>
        Assert.Contains("documented form", Sample.Refused(EnvelopeVerifier.Verify(Encoding.UTF8.GetBytes(json), Sample.Trust, Sample.Now)), StringComparison.Ordinal);

    [Fact]
    public void An_envelope_beyond_the_cap_is_refused()
    {
        var padded = new byte[EnvelopeVerifier.MaxBytes + 1];
        padded.AsSpan().Fill((byte)' ');
        Envelope.CopyTo(padded, 0);

        Sample.Accepted(EnvelopeVerifier.Verify(padded.AsSpan(0, EnvelopeVerifier.MaxBytes), Sample.Trust, Sample.Now));
        Assert.Contains("more than", Verify(padded), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_too_large_to_be_verified_is_not_signed()
    {
        var files = Enumerable.Range(0, 2_000).Select(index => new SignedFile(new string('a', 400) + index, Sample.Hash("a"))).ToList();

        Assert.Contains("fewer files", Sample.Refused(EnvelopeSigner.Sign(Sample.Statement with { Files = files }, Sample.Key)), StringComparison.Ordinal);
    }

    private static string Verify(byte[] envelope) => Sample.Refused(EnvelopeVerifier.Verify(envelope, Sample.Trust, Sample.Now));

    private static string Verify(byte[] envelope, Action<JsonObject> change) => Verify(Alter(change, envelope));

    private static byte[] Alter(Action<JsonObject> change, byte[]? envelope = null)
    {
        var json = JsonNode.Parse(envelope ?? Envelope)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static JsonArray Repeat(JsonNode node, int count) => new([.. Enumerable.Range(0, count).Select(_ => node.DeepClone())]);
}
