using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.Testing;
using CsCheck;

namespace Alga.Extensions.ServiceTokens.Tests;

public class ServiceTokenTests
{
    private readonly ManualTime time = new();
    private readonly byte[] body = Sample.Bytes(Sample.Request);

    private string Issue() => new ServiceTokenIssuer(Sample.Key, time).Issue(Sample.Request, body);

    private Outcome<ServiceTokenClaims> Verify(string? token, byte[]? bytes = null) =>
        new ServiceTokenVerifier(Sample.Key, time).Verify(token, bytes ?? body);

    private string Refusal(string? token, byte[]? bytes = null)
    {
        Assert.False(Verify(token, bytes).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Unauthenticated, refusal.Code);
        return refusal.Message;
    }

    [Fact]
    public void A_fresh_token_gives_back_what_the_request_said()
    {
        Assert.True(Verify(Issue()).TryGet(out var claims, out _));
        Assert.Equal(Sample.Request.Context.TenantId, claims.TenantId);
        Assert.Equal(["storage.kv", "metrics.emit"], claims.Capabilities);
        Assert.Equal(claims.IssuedAt + 60, claims.ExpiresAt);
        Assert.Null(ServiceTokenAgreement.Check(claims, Sample.Request));
    }

    [Fact]
    public void Another_body_is_refused() => Assert.Contains("another body", Refusal(Issue(), [.. body, (byte)' ']), StringComparison.Ordinal);

    [Fact]
    public void A_token_under_another_key_is_refused()
    {
        var foreign = new ServiceTokenIssuer(new ServiceTokenKey(RandomNumberGenerator.GetBytes(32)), time).Issue(Sample.Request, body);
        Assert.Contains("signature", Refusal(foreign), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_take_turns_on_a_thread_are_never_taken_for_each_other()
    {
        var keys = Enumerable.Range(0, 2).Select(_ => new ServiceTokenKey(RandomNumberGenerator.GetBytes(32))).ToArray();
        for (var i = 0; i < 6; i++)
        {
            var token = new ServiceTokenIssuer(keys[i % 2], time).Issue(Sample.Request, body);
            Assert.True(new ServiceTokenVerifier(keys[i % 2], time).Verify(token, body).TryGet(out _, out _));
            Assert.False(new ServiceTokenVerifier(keys[(i + 1) % 2], time).Verify(token, body).TryGet(out _, out _));
        }
    }

    [Fact]
    public async Task One_key_serves_many_threads_at_the_same_time()
    {
        var issuer = new ServiceTokenIssuer(Sample.Key, time);
        var verifier = new ServiceTokenVerifier(Sample.Key, time);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
        {
            byte[] own = [.. body, .. Enumerable.Repeat((byte)' ', number)];
            for (var i = 0; i < 500; i++) Assert.True(verifier.Verify(issuer.Issue(Sample.Request, own), own).TryGet(out _, out var refusal), refusal?.Message);
        })));
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(90, false)]
    public void A_token_expires_after_its_minute_and_the_skew(int seconds, bool accepted)
    {
        var token = Issue();
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(accepted, Verify(token).TryGet(out _, out _));
    }

    [Theory]
    [InlineData(-30, true)]
    [InlineData(-31, false)]
    public void A_token_from_the_future_is_refused_beyond_the_skew(int seconds, bool accepted)
    {
        var token = Issue();
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(accepted, Verify(token).TryGet(out _, out _));
    }

    [Fact]
    public void Every_changed_character_is_refused()
    {
        var token = Issue();
        Gen.Select(Gen.Int[0, token.Length - 1], Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é"]).Sample((index, character) =>
        {
            if (token[index] == character) return;
            var changed = token.ToCharArray();
            changed[index] = character;
            Refusal(new string(changed));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    public void What_is_no_token_is_refused(string? token) => Refusal(token);

    [Fact]
    public void A_huge_token_is_refused_unread() =>
        Assert.Contains("too long", Refusal(Issue() + new string('a', ServiceToken.MaxLength)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"alg":"none","typ":"alga-service+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""")]
    [InlineData("""{"typ":"alga-service+jwt","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"alga-service+jwt","kid":"x"}""")]
    public void Another_header_is_refused_even_when_signed(string header)
    {
        var payload = Issue().Split('.')[1];
        Assert.Equal("This is not a service token.", Refusal(SignRaw(header, payload)));
    }

    [Theory]
    [InlineData("iss", "\"someone\"")]
    [InlineData("aud", "\"alga-extensions\"")]
    [InlineData("tid", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("tid", "null")]
    [InlineData("exp", "99999999999")]
    [InlineData("exp", "0")]
    [InlineData("cap", "[\"storage.kv\",\"everything\"]")]
    [InlineData("extra", "1")]
    public void A_claim_out_of_place_is_refused_even_when_signed(string claim, string value)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(Issue().Split('.')[1]))!.AsObject();
        claims[claim] = JsonNode.Parse(value);
        Refusal(SignRaw("""{"alg":"HS256","typ":"alga-service+jwt"}""", Encode(claims.ToJsonString())));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("jti")]
    [InlineData("tid")]
    [InlineData("iid")]
    [InlineData("vid")]
    [InlineData("dig")]
    [InlineData("cap")]
    [InlineData("bsh")]
    public void A_missing_claim_is_refused_even_when_signed(string claim)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(Issue().Split('.')[1]))!.AsObject();
        claims.Remove(claim);
        Assert.Contains("malformed", Refusal(SignRaw("""{"alg":"HS256","typ":"alga-service+jwt"}""", Encode(claims.ToJsonString()))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => new ServiceTokenKey(new byte[31]));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string SignRaw(string header, string payload)
    {
        var input = $"{Encode(header)}.{payload}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData("0123456789abcdef0123456789abcdef"u8, Encoding.ASCII.GetBytes(input)))}";
    }
}
