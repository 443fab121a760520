using System.Security.Cryptography;
using Alga.Extensions.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>An OpenID Connect issuer on a loopback port, which signs whatever a test asks for.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SigningCredentials credentials;

    private TestIssuer()
    {
        var securityKey = new ECDsaSecurityKey(key) { KeyId = "test-key" };
        credentials = new SigningCredentials(securityKey, SecurityAlgorithms.EcdsaSha256);
        var builder = WebApplication.CreateSlimBuilder();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/.well-known/openid-configuration", () => Results.Text($$"""{"issuer":"{{Url}}","jwks_uri":"{{Url}}/keys"}""", "application/json"));
        app.MapGet("/keys", () =>
        {
            var point = key.ExportParameters(false).Q;
            var (x, y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
            return Results.Text($$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"test-key","x":"{{x}}","y":"{{y}}"}]}""", "application/json");
        });
    }

    public string Url => app.Urls.First();

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A token of somebody.</summary>
    public string Token(string subject, Guid? tenant, string[] roles, params string[] publishers)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["email"] = $"{subject}@example.com", ["name"] = subject, ["roles"] = roles, ["publishers"] = publishers };
        if (tenant is { } id) claims["tenant_id"] = id.ToString();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = AuthenticationOptions.DefaultAudience,
            Claims = claims,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            SigningCredentials = credentials,
            TokenType = "at+jwt",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}
