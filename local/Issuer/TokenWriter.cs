using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Alga.Extensions.Issuer;

/// <summary>Writes access tokens in the form that the platform expects of its identity provider.</summary>
public sealed class TokenWriter(IssuerOptions options, SigningKey key, TimeProvider time)
{
    /// <summary>How long a token is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Write(DemoUser user)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = options.Url,
            ["aud"] = options.Audience,
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
        return handler.CreateToken(
            claims.ToJsonString(), key.Credentials, new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = "at+jwt" });
    }
}
