using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Services.Dotnet;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Services.Tests.Dotnet;

/// <summary>The development issuer's sign-in page: authorization code with PKCE, and everything that must not get a token from it.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Page = "http://127.0.0.1:7999/admin/";
    private const string Ada = "ada@acme.example";

    private static readonly string Verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private readonly ProgramFolder folder = new();
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private DotnetService service = null!;

    private string Url => $"http://127.0.0.1:{folder.Port}";

    public Task InitializeAsync()
    {
        service = folder.Service("Issuer", Url + "/healthz", new()
        {
            ["ISSUER_PORT"] = folder.PortText,
            ["ISSUER_STATE"] = folder.State,
            ["ISSUER_REDIRECT_URIS"] = $"{Page}, http://127.0.0.1:7998/",
        });
        return service.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_person_who_chooses_a_demo_user_is_signed_in()
    {
        var location = await ChooseAsync(Ada);
        Assert.StartsWith(Page + "?", location.ToString(), StringComparison.Ordinal);
        Assert.Equal("the state", QueryOf(location, "state"));

        var (status, body) = await ExchangeAsync(QueryOf(location, "code"));

        Assert.Equal(200, status);
        var caller = await AuthenticateAsync(body.GetProperty("access_token").GetString()!);
        Assert.True(caller.TryGet(out var ada, out _));
        Assert.Equal(Ada, ada.Email);
        var claims = PayloadOf(body.GetProperty("id_token").GetString()!);
        Assert.Equal("alga-admin", claims.GetProperty("aud").GetString());
        Assert.Equal("the nonce", claims.GetProperty("nonce").GetString());
        Assert.Equal("tenant_admin", claims.GetProperty("roles")[0].GetString());
    }

    [Fact]
    public async Task An_ID_token_opens_nothing()
    {
        var (_, body) = await ExchangeAsync(QueryOf(await ChooseAsync(Ada), "code"));

        var caller = await AuthenticateAsync(body.GetProperty("id_token").GetString()!);

        Assert.False(caller.TryGet(out _, out _));
    }

    [Fact]
    public async Task Discovery_names_the_pages_and_PKCE()
    {
        var found = await ReadAsync(await client.GetAsync(new Uri(Url + "/.well-known/openid-configuration")));

        Assert.Equal(Url + "/authorize", found.GetProperty("authorization_endpoint").GetString());
        Assert.Equal("code", found.GetProperty("response_types_supported")[0].GetString());
        Assert.Equal("S256", found.GetProperty("code_challenge_methods_supported")[0].GetString());
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var code = QueryOf(await ChooseAsync(Ada), "code");
        var (first, _) = await ExchangeAsync(code);
        var (second, body) = await ExchangeAsync(code);

        Assert.Equal(200, first);
        Assert.Equal(400, second);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("code_verifier", "another-verifier-another-verifier-another-v")]
    [InlineData("code_verifier", "")]
    [InlineData("redirect_uri", "http://127.0.0.1:7998/")]
    [InlineData("code", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_code_is_of_no_use_with_another_verifier_page_or_code_and_then_never_again(string field, string value)
    {
        var code = QueryOf(await ChooseAsync(Ada), "code");

        var (status, body) = await ExchangeAsync(code, (field, value));

        Assert.Equal(400, status);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
        if (field != "code") Assert.Equal(400, (await ExchangeAsync(code)).Status);
    }

    [Fact]
    public async Task Another_client_gets_no_token()
    {
        var (status, body) = await ExchangeAsync(QueryOf(await ChooseAsync(Ada), "code"), ("client_id", "mallory"));

        Assert.Equal(400, status);
        Assert.Equal("invalid_client", body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("redirect_uri", "http://127.0.0.1:7999/admin")]
    [InlineData("redirect_uri", "http://127.0.0.1:7999/admin/../evil")]
    [InlineData("redirect_uri", "https://evil.example/")]
    [InlineData("redirect_uri", "")]
    [InlineData("client_id", "mallory")]
    [InlineData("client_id", "")]
    public async Task A_stranger_is_never_redirected_to(string name, string value)
    {
        foreach (var answer in new[] { await AskAsync((name, value)), await SubmitAsync(Ada, (name, value)) })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Null(answer.Headers.Location);
        }
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "", "invalid_request")]
    [InlineData("code_challenge", "", "invalid_request")]
    [InlineData("code_challenge", "too-short", "invalid_request")]
    public async Task A_request_without_PKCE_ends_in_an_error_at_the_client(string name, string value, string error)
    {
        foreach (var answer in new[] { await AskAsync((name, value)), await SubmitAsync(Ada, (name, value)) })
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal(error, QueryOf(answer.Headers.Location!, "error"));
            Assert.Equal("", QueryOf(answer.Headers.Location!, "code"));
        }
    }

    [Fact]
    public async Task Nobody_can_sign_in_as_a_user_who_is_not_there()
    {
        var answer = await SubmitAsync("mallory@acme.example");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task What_a_client_sends_is_text_on_the_page()
    {
        var answer = await AskAsync(("state", "\"><script>alert(1)</script>"));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7999", true)]
    [InlineData("http://127.0.0.1:7998", true)]
    [InlineData("http://127.0.0.1:7997", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_the_clients_pages_may_read_answers(string origin, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url + "/.well-known/openid-configuration");
        request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request);

        Assert.Equal(allowed ? [origin] : [], answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values : []);
    }

    private static Dictionary<string, string> Parameters(params (string Name, string Value)[] changes)
    {
        var parameters = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = "alga-admin",
            ["redirect_uri"] = Page,
            ["scope"] = "openid profile email",
            ["state"] = "the state",
            ["nonce"] = "the nonce",
            ["code_challenge_method"] = "S256",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        };
        foreach (var (name, value) in changes) parameters[name] = value;
        return parameters;
    }

    private Task<HttpResponseMessage> AskAsync(params (string Name, string Value)[] changes) =>
        client.GetAsync(new Uri(QueryHelpers.AddQueryString(Url + "/authorize", Parameters(changes)!)));

    private async Task<HttpResponseMessage> SubmitAsync(string user, params (string Name, string Value)[] changes)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(Parameters(changes)) { ["user"] = user });
        return await client.PostAsync(new Uri(Url + "/authorize"), form);
    }

    private async Task<Uri> ChooseAsync(string user)
    {
        var page = await AskAsync();
        Assert.Contains($"value=\"{user}\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var answer = await SubmitAsync(user);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private async Task<(int Status, JsonElement Body)> ExchangeAsync(string code, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "alga-admin",
            ["code"] = code,
            ["redirect_uri"] = Page,
            ["code_verifier"] = Verifier,
        };
        foreach (var (name, value) in changes) fields[name] = value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri(Url + "/token"), form);
        return ((int)answer.StatusCode, await ReadAsync(answer));
    }

    private async Task<Contracts.Outcome<Caller>> AuthenticateAsync(string token)
    {
        var services = new ServiceCollection().AddLogging().AddCallerAuthentication(new AuthenticationOptions([Url], "alga-extensions"));
        await using var provider = services.BuildServiceProvider();
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = "Bearer " + token;
        return await provider.GetRequiredService<ICallerAuthenticator>().AuthenticateAsync(request, CancellationToken.None);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    private static JsonElement PayloadOf(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static string QueryOf(Uri url, string name) => QueryHelpers.ParseQuery(url.Query).GetValueOrDefault(name).ToString();
}
