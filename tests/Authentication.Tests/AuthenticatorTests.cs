using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.Testing;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Authentication.Tests;

public sealed class AuthenticatorTests : IAsyncLifetime
{
    private const string TenantId = "01936b2e-0000-7000-8000-00000000ac3e";
    private static readonly RSA Rsa = RSA.Create(2048);
    private readonly ManualTime time = new();
    private FakeIssuer issuer = null!;
    private CallerAuthenticator authenticator = null!;

    public async Task InitializeAsync()
    {
        issuer = await FakeIssuer.StartAsync();
        authenticator = new CallerAuthenticator(new AuthenticationOptions([issuer.Url], "alga-extensions"), time, NullLogger<CallerAuthenticator>.Instance);
    }

    public async Task DisposeAsync()
    {
        authenticator.Dispose();
        await issuer.DisposeAsync();
    }

    private JsonObject Claims() => new()
    {
        ["iss"] = issuer.Url,
        ["aud"] = "alga-extensions",
        ["sub"] = "ada",
        ["exp"] = time.GetUtcNow().ToUnixTimeSeconds() + 600,
        ["tenant_id"] = TenantId,
        ["email"] = "ada@acme.example",
        ["name"] = "Ada",
        ["roles"] = new JsonArray("tenant_admin", "tenant_user"),
        ["publishers"] = new JsonArray("alga-samples"),
    };

    private static string Sign(JsonObject claims, SigningCredentials credentials, string type = "at+jwt") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims.ToJsonString(), credentials, new Dictionary<string, object> { ["typ"] = type });

    private string Token(Action<JsonObject>? change = null)
    {
        var claims = Claims();
        change?.Invoke(claims);
        return Sign(claims, issuer.Credentials("k1"));
    }

    private ValueTask<Outcome<Caller>> AuthenticateHeaderAsync(params string[] header)
    {
        var context = new DefaultHttpContext();
        if (header.Length > 0) context.Request.Headers.Authorization = header;
        return authenticator.AuthenticateAsync(context.Request, CancellationToken.None);
    }

    private ValueTask<Outcome<Caller>> AuthenticateAsync(string token) => AuthenticateHeaderAsync("Bearer " + token);

    private static Refusal AssertRefused(Outcome<Caller> outcome, ErrorCode code = ErrorCode.Unauthenticated)
    {
        Assert.False(outcome.TryGet(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    private static void AssertAccepted(Outcome<Caller> outcome) => Assert.True(outcome.TryGet(out _, out _));

    [Fact]
    public async Task A_valid_token_says_who_calls()
    {
        Assert.True((await AuthenticateAsync(Token())).TryGet(out var caller, out _));
        Assert.Equal(("ada", Guid.Parse(TenantId), "ada@acme.example", "Ada", issuer.Url), (caller.Subject, caller.TenantId, caller.Email, caller.Name, caller.Issuer));
        Assert.Equal(["tenant_admin", "tenant_user"], caller.Roles);
        Assert.Equal(["alga-samples"], caller.Publishers);
        Assert.True(caller.IsIn("tenant_admin"));
        Assert.False(caller.IsIn("Tenant_Admin"));
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256)]
    public async Task RSA_keys_are_accepted_too(string algorithm)
    {
        issuer.Add("rsa", Rsa);
        AssertAccepted(await AuthenticateAsync(Sign(Claims(), issuer.Credentials("rsa", algorithm), "JWT")));
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha512)]
    [InlineData(SecurityAlgorithms.RsaSha384)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha512)]
    public async Task Another_algorithm_is_refused(string algorithm)
    {
        issuer.Add("rsa", Rsa);
        AssertRefused(await AuthenticateAsync(Sign(Claims(), issuer.Credentials("rsa", algorithm))));
    }

    [Theory]
    [InlineData("{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"k1\"}")]
    [InlineData("{\"alg\":\"None\",\"typ\":\"JWT\",\"kid\":\"k1\"}")]
    [InlineData("{\"typ\":\"JWT\",\"kid\":\"k1\"}")]
    public async Task An_unsigned_token_is_refused(string header)
    {
        var unsigned = $"{Encode(header)}.{Encode(Claims().ToJsonString())}.";
        AssertRefused(await AuthenticateAsync(unsigned));
        AssertRefused(await AuthenticateAsync(unsigned + Token().Split('.')[2]));
    }

    [Fact]
    public async Task The_public_key_is_no_HMAC_secret()
    {
        var rsa = Rsa;
        issuer.Add("rsa", rsa);
        foreach (var secret in new[] { Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey() })
        {
            var input = Encode("""{"alg":"HS256","typ":"JWT","kid":"rsa"}""") + "." + Encode(Claims().ToJsonString());
            AssertRefused(await AuthenticateAsync($"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}"));
        }
    }

    [Fact]
    public async Task A_foreign_key_under_a_known_id_is_refused()
    {
        var foreign = new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256);
        AssertRefused(await AuthenticateAsync(Sign(Claims(), foreign)));
    }

    [Fact]
    public async Task An_empty_or_zero_signature_is_refused()
    {
        var parts = Token().Split('.');
        AssertRefused(await AuthenticateAsync($"{parts[0]}.{parts[1]}."));
        AssertRefused(await AuthenticateAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}"));
    }

    [Fact]
    public async Task A_key_that_the_header_brings_along_is_not_used()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromSecurityKey(new ECDsaSecurityKey(key));
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = "k1", ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = jwk.X, ["y"] = jwk.Y } };
        var input = Encode(header.ToJsonString()) + "." + Encode(Claims().ToJsonString());
        AssertRefused(await AuthenticateAsync($"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}"));
    }

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"k1","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"k1","crit":["x"]}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"alga-service+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"dpop+jwt","kid":"k1"}""")]
    public async Task A_header_out_of_place_is_refused_even_when_signed(string header)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        issuer.Add("k1", key);
        var input = Encode(header) + "." + Encode(Claims().ToJsonString());
        AssertRefused(await AuthenticateAsync($"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}"));
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example\"")]
    [InlineData("iss", null)]
    [InlineData("aud", "\"someone-else\"")]
    [InlineData("aud", null)]
    [InlineData("exp", null)]
    [InlineData("exp", "\"never\"")]
    [InlineData("sub", null)]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "\"a\\nb\"")]
    [InlineData("sub", "7")]
    [InlineData("tenant_id", "\"acme\"")]
    [InlineData("tenant_id", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("tenant_id", "\"{01936b2e-0000-7000-8000-00000000ac3e}\"")]
    [InlineData("tenant_id", "[\"01936b2e-0000-7000-8000-00000000ac3e\"]")]
    [InlineData("roles", "\"tenant_admin\"")]
    [InlineData("roles", "[1]")]
    [InlineData("roles", "[null]")]
    [InlineData("publishers", "{\"alga-samples\":true}")]
    public async Task A_claim_out_of_place_is_refused_even_when_signed(string claim, string? json) =>
        AssertRefused(await AuthenticateAsync(Token(claims =>
        {
            claims.Remove(claim);
            if (json is not null) claims[claim] = JsonNode.Parse(json);
        })));

    [Fact]
    public async Task A_claim_that_is_there_twice_is_refused()
    {
        var json = Claims().ToJsonString();
        var token = new JsonWebTokenHandler().CreateToken(json, issuer.Credentials("k1"));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        issuer.Add("k2", key);
        var twice = json[..^1] + ",\"tenant_id\":\"01936b2e-0000-7000-8000-0000000910be\"}";
        var input = Encode("""{"alg":"ES256","typ":"JWT","kid":"k2"}""") + "." + Encode(twice);
        AssertRefused(await AuthenticateAsync($"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}"));
        AssertAccepted(await AuthenticateAsync(token));
    }

    [Fact]
    public async Task Without_a_tenant_a_publisher_is_accepted()
    {
        Assert.True((await AuthenticateAsync(Token(claims => claims.Remove("tenant_id")))).TryGet(out var caller, out _));
        Assert.Null(caller.TenantId);
    }

    [Theory]
    [InlineData(659, true)]
    [InlineData(660, false)]
    public async Task A_token_expires_with_a_minute_of_skew(int seconds, bool accepted)
    {
        var token = Token();
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(accepted, (await AuthenticateAsync(token)).TryGet(out _, out _));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task A_token_may_start_within_a_minute(int seconds, bool accepted)
    {
        var token = Token(claims => claims["nbf"] = time.GetUtcNow().ToUnixTimeSeconds() + seconds);
        Assert.Equal(accepted, (await AuthenticateAsync(token)).TryGet(out _, out _));
    }

    [Fact]
    public async Task Every_changed_character_is_refused()
    {
        var token = Token();
        await AuthenticateAsync(token);
        await Gen.Select(Gen.Int[0, token.Length - 2], Gen.Char["ABCxyz019-_.=+/ é"]).SampleAsync(async (index, character) =>
        {
            if (token[index] == character) return;
            var changed = token.ToCharArray();
            changed[index] = character;
            Assert.False((await AuthenticateAsync(new string(changed))).TryGet(out _, out _));
        });
    }

    [Fact]
    public async Task A_header_that_is_no_bearer_token_is_refused()
    {
        AssertRefused(await AuthenticateHeaderAsync());
        AssertRefused(await AuthenticateHeaderAsync(""));
        AssertRefused(await AuthenticateHeaderAsync("Basic YTpi"));
        AssertRefused(await AuthenticateHeaderAsync("Bearer "));
        AssertRefused(await AuthenticateHeaderAsync("Bearer a.b.c"));
        AssertRefused(await AuthenticateHeaderAsync("Bearer " + Token() + ", Bearer " + Token()));
        AssertRefused(await AuthenticateHeaderAsync("Bearer " + Token(), "Bearer " + Token()));
        AssertAccepted(await AuthenticateHeaderAsync("bearer " + Token()));
    }

    [Fact]
    public async Task A_huge_token_is_refused()
    {
        AssertRefused(await AuthenticateAsync(Token(claims => claims["padding"] = new string('a', 16 * 1024))));
        AssertAccepted(await AuthenticateAsync(Token(claims => claims["padding"] = new string('a', 8 * 1024))));
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_many_callers()
    {
        var token = Token();
        await Parallel.ForEachAsync(Enumerable.Range(0, 50), async (_, _) => AssertAccepted(await AuthenticateAsync(token)));
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task A_token_that_was_verified_is_refused_once_it_ends()
    {
        var token = Token();
        AssertAccepted(await AuthenticateAsync(token));
        AssertAccepted(await AuthenticateAsync(token));
        time.Advance(TimeSpan.FromSeconds(661));
        AssertRefused(await AuthenticateAsync(token));
    }

    [Fact]
    public async Task A_token_like_one_that_was_verified_is_verified_itself()
    {
        var token = Token();
        AssertAccepted(await AuthenticateAsync(token));
        for (var i = 0; i < token.Length; i += 7)
        {
            var other = token[i] == 'A' ? 'B' : 'A';
            AssertRefused(await AuthenticateAsync(token[..i] + other + token[(i + 1)..]));
        }
    }

    [Fact]
    public async Task A_rotated_key_is_found_and_the_old_one_goes_with_the_next_fetch()
    {
        var old = Token();
        AssertAccepted(await AuthenticateAsync(old));
        time.Advance(TimeSpan.FromSeconds(31));
        issuer.Add("k2", ECDsa.Create(ECCurve.NamedCurves.nistP256));
        issuer.Remove("k1");

        AssertAccepted(await AuthenticateAsync(Sign(Claims(), issuer.Credentials("k2"))));
        AssertRefused(await AuthenticateAsync(old));
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_us_call_the_issuer_again_and_again()
    {
        var stranger = new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "x" }, SecurityAlgorithms.EcdsaSha256);
        for (var count = 0; count < 20; count++) AssertRefused(await AuthenticateAsync(Sign(Claims(), stranger)));
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task While_the_issuer_is_down_known_keys_stay_good_for_a_day()
    {
        AssertAccepted(await AuthenticateAsync(Token()));
        issuer.Down = true;
        time.Advance(TimeSpan.FromHours(23));
        AssertAccepted(await AuthenticateAsync(Token()));
        time.Advance(TimeSpan.FromHours(2));
        AssertRefused(await AuthenticateAsync(Token()), ErrorCode.Overloaded);
        issuer.Down = false;
        time.Advance(TimeSpan.FromSeconds(31));
        AssertAccepted(await AuthenticateAsync(Token()));
    }

    [Fact]
    public async Task An_issuer_that_speaks_for_another_is_not_believed()
    {
        issuer.Name = "https://evil.example";
        AssertRefused(await AuthenticateAsync(Token()), ErrorCode.Overloaded);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
