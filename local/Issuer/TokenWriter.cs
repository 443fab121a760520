using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Alga.Extensions.Issuer;

/// <summary>Writes access tokens in the form that the platform expects of its identity provider, and ID tokens for the client.</summary>
public sealed class TokenWriter(IssuerOptions options, SigningKey key, TimeProvider time)
{
    /// <summary>How long a token is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>An access token for the platform's API.</summary>
    public string Write(DemoUser user) => Sign(Claims(user, options.Audience), "at+jwt");

    /// <summary>An ID token: tells the client who has signed in, and opens nothing.</summary>
    /// <param name="user">Who has signed in.</param>
    /// <param name="nonce">The client's, null where it sent none.</param>
    public string WriteIdToken(DemoUser user, string? nonce)
    {
        var claims = Claims(user, IssuerOptions.ClientId);
        if (nonce is not null) claims["nonce"] = nonce;
        return Sign(claims, "JWT");
    }

    private JsonObject Claims(DemoUser user, string audience)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = options.Url,
            ["aud"] = audience,
            ["sub"] = user.Email,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.Add(Lifetime).ToUnixTimeSeconds(),
            ["jti"] = Guid.CreateVersion7(now).ToString(),
            ["email"] = user.Email,
            ["name"] = user.Name,
            ["roles"] = new JsonArray([.. user.Roles.Select(role => JsonValue.Create(role))]),
            ["publishers"] = new JsonArray([.. user.Publishers.Select(publisher => JsonValue.Create(publisher))]),
        };
        if (user.TenantId is { } tenant) claims["tenant_id"] = tenant.ToString();
        return claims;
    }

    private string Sign(JsonObject claims, string type) => handler.CreateToken(
        claims.ToJsonString(), key.Credentials, new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = type });
}
