using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Authentication.Tests;

/// <summary>Tokens that no library would make, each signed with a key that the issuer does have: what is refused is refused for what it says.</summary>
public sealed class HostileTokenTests : IAsyncLifetime
{
    private const string Header = """{"alg":"ES256","typ":"at+jwt","kid":"k1"}""";

    private readonly ManualTime time = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private FakeIssuer issuer = null!;
    private CallerAuthenticator authenticator = null!;

    public async Task InitializeAsync()
    {
        issuer = await FakeIssuer.StartAsync();
        issuer.Add("k1", key);
        authenticator = new CallerAuthenticator(new AuthenticationOptions([issuer.Url], "alga-extensions"), time, NullLogger<CallerAuthenticator>.Instance);
    }

    public async Task DisposeAsync()
    {
        authenticator.Dispose();
        key.Dispose();
        await issuer.DisposeAsync();
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private string Claims(string more = "", string? exp = null, string aud = "\"alga-extensions\"") =>
        $$"""{"iss":"{{issuer.Url}}","aud":{{aud}},"sub":"ada","exp":{{exp ?? (Now + 600).ToString(System.Globalization.CultureInfo.InvariantCulture)}},"tenant_id":"01936b2e-0000-7000-8000-00000000ac3e"{{more}}}""";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private string Sign(string input) => $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";

    private string Token(string claims, string header = Header) => Sign($"{Encode(header)}.{Encode(claims)}");

    private async Task<Outcome<Caller>> AuthenticateAsync(string token)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer " + token;
        return await authenticator.AuthenticateAsync(context.Request, CancellationToken.None);
    }

    private async Task AssertRefusedAsync(string token)
    {
        Assert.False((await AuthenticateAsync(token)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Unauthenticated, refusal.Code);
    }

    private async Task AssertAcceptedAsync(string token) => Assert.True((await AuthenticateAsync(token)).TryGet(out _, out var refusal), refusal?.Message);

    [Fact]
    public async Task What_they_are_made_of_is_accepted()
    {
        await AssertAcceptedAsync(Token(Claims()));
        await AssertAcceptedAsync(Token(Claims(aud: """["other","alga-extensions"]""")));
        await AssertAcceptedAsync(Token(Claims(more: ""","nested":{"a":[1,{"b":null}]},"nbf":0""")));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"99999999999\"")]
    [InlineData("[99999999999]")]
    [InlineData("{}")]
    [InlineData("1e400")]
    [InlineData("-9223372036854775809")]
    public async Task An_end_that_is_no_time_to_come_is_refused(string exp) => await AssertRefusedAsync(Token(Claims(exp: exp)));

    [Theory]
    [InlineData(""","nbf":99999999999""")]
    [InlineData(""","nbf":"99999999999" """)]
    [InlineData(""","nbf":1e300""")]
    [InlineData(""","exp":99999999999""")]
    [InlineData(""","iss":"https://evil.example" """)]
    [InlineData(""","aud":"someone-else" """)]
    [InlineData(""","sub":"grace" """)]
    [InlineData(""","tenant\u005fid":"01936b2e-0000-7000-8000-0000000910be" """)]
    [InlineData(""","roles":["tenant_user"],"roles":["tenant_admin"]""")]
    [InlineData(""","roles":["tenant_admin\u0000"]""")]
    [InlineData(""","roles":["\ud800"]""")]
    [InlineData(""","email":"a@b\r\nx: y" """)]
    [InlineData(""","name":"\u001b[31mAda" """)]
    [InlineData(""","name":7""")]
    [InlineData(""","publishers":[["a"]]""")]
    public async Task A_claim_more_that_contradicts_or_is_none_is_refused(string more) => await AssertRefusedAsync(Token(Claims(more)));

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"other\"]")]
    [InlineData("[[\"alga-extensions\"]]")]
    [InlineData("{\"alga-extensions\":true}")]
    [InlineData("\"Alga-Extensions\"")]
    [InlineData("\"alga-extensions \"")]
    [InlineData("\"alga-extensions,other\"")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task An_audience_that_is_not_ours_is_refused(string aud) => await AssertRefusedAsync(Token(Claims(aud: aud)));

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"../../k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k1' or '1'='1"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"https://evil.example/k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"K1"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k1\u0000"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":["k1"]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":null}""")]
    [InlineData("""{"alg":"es256","typ":"at+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":"nOnE","typ":"at+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":["ES256"],"typ":"at+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k1","crit":[]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k1","crit":null}""")]
    [InlineData("""{"alg":"ES256","typ":["at+jwt"],"kid":"k1"}""")]
    [InlineData("""{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"at+jwt","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k2","kid":"k1"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"ES256\"")]
    [InlineData("")]
    [InlineData("{")]
    public async Task A_header_that_is_none_of_ours_is_refused(string header) => await AssertRefusedAsync(Token(Claims(), header));

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k1","enc":"A128GCM","zip":"DEF"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k1","jku":"https://evil.example/keys","x5u":"https://evil.example/x","x5c":["MII"]}""")]
    public async Task What_a_header_says_besides_is_not_looked_at(string header)
    {
        await AssertAcceptedAsync(Token(Claims(), header));
        Assert.Equal(1, issuer.Fetches);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    public async Task Claims_that_are_no_object_are_refused(string claims) => await AssertRefusedAsync(Token(claims));

    [Fact]
    public async Task Another_spelling_of_a_good_token_is_refused()
    {
        var token = Token(Claims(""","name":"???>>>~~~" """));
        await AssertAcceptedAsync(token);
        var parts = token.Split('.');
        string[] others =
        [
            token + ".", token + "=", token + "==", "." + token, token + "." + parts[2], $"{parts[0]}..{parts[2]}", $"{parts[0]}.{parts[1]}", string.Join("..", parts),
            $"{parts[0]}=.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}=.{parts[2]}", $"{parts[0]} .{parts[1]}.{parts[2]}", $"{parts[0]}.\t{parts[1]}.{parts[2]}",
            token.Replace('.', '\u3002'), token.Replace('.', '\u2024'), token + "\u00a0", "\ufeff" + token, token + "\0", token[..^1] + "\u0130",
            $"{token}, Bearer {token}", $"Bearer {token}", $"\"{token}\"", string.Join('.', parts[0], parts[1], parts[2], parts[1], parts[2]), "..", "...", "....",
        ];
        foreach (var other in others) Assert.False((await AuthenticateAsync(other)).TryGet(out _, out _), other);
    }

    [Fact]
    public async Task A_signed_part_in_another_alphabet_is_refused()
    {
        var claims = Claims(""","name":"???>>>~~~" """);
        var standard = Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
        foreach (var payload in new[] { standard, standard.TrimEnd('='), Encode(claims) + "=", Encode(claims) + "A", Encode(claims).Insert(8, " "), Encode(claims).Insert(8, "\n"), Encode(claims).Insert(8, "%") })
        {
            if (payload != Encode(claims)) await AssertRefusedAsync(Sign($"{Encode(Header)}.{payload}"));
        }
    }

    [Fact]
    public async Task Claims_in_another_encoding_or_nested_without_end_are_refused()
    {
        var claims = Claims();
        await AssertRefusedAsync(Sign($"{Encode(Header)}.{Base64Url.EncodeToString(Encoding.Unicode.GetBytes(claims))}"));
        await AssertRefusedAsync(Sign($"{Encode(Header)}.{Base64Url.EncodeToString([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(claims)])}"));
        await AssertRefusedAsync(Sign($"{Encode(Header)}.{Base64Url.EncodeToString([.. Encoding.UTF8.GetBytes(claims[..^1] + ",\"name\":\""), 0xFF, 0xC0, 0xAF, .. "\"}"u8])}"));
        await AssertRefusedAsync(Token(Claims($",\"deep\":{new string('[', 4000)}{new string(']', 4000)}")));
        await AssertRefusedAsync(Token(claims + claims));
        await AssertRefusedAsync(Token(claims + "//"));
    }
}
