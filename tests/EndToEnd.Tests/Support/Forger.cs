using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>Makes tokens that the issuer would not: with its own key from the state folder, or with another.</summary>
internal sealed class Forger(PlatformFixture platform)
{
    public static readonly Guid Acme = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");

    /// <summary>A token with the issuer's own key, so that only what is in it can be wrong.</summary>
    public string Sign(DateTimeOffset issuedAt, Guid tenant)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(platform.State, "issuer", "signing-key.pem")));
        return Sign(key, new ECDsaSecurityKey(key).ComputeJwkThumbprint(), issuedAt, tenant);
    }

    /// <summary>A token of a key that nobody knows, under the id of the issuer's.</summary>
    public string Forge(DateTimeOffset issuedAt)
    {
        using var known = ECDsa.Create();
        known.ImportFromPem(File.ReadAllText(Path.Combine(platform.State, "issuer", "signing-key.pem")));
        using var unknown = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(unknown, new ECDsaSecurityKey(known).ComputeJwkThumbprint(), issuedAt, Acme);
    }

    private string Sign(ECDsa key, byte[] keyId, DateTimeOffset issuedAt, Guid tenant)
    {
        var claims = new JsonObject
        {
            ["iss"] = platform.IssuerUrl,
            ["aud"] = "alga-extensions",
            ["sub"] = "mallory",
            ["iat"] = issuedAt.ToUnixTimeSeconds(),
            ["exp"] = issuedAt.AddHours(1).ToUnixTimeSeconds(),
            ["tenant_id"] = tenant.ToString(),
            ["email"] = "mallory@example.com",
            ["name"] = "Mallory",
            ["roles"] = new JsonArray("tenant_user"),
        };
        var security = new ECDsaSecurityKey(key) { KeyId = Base64UrlEncoder.Encode(keyId) };
        // The package caches signers by key id, and these keys share one.
        security.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            claims.ToJsonString(),
            new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256),
            new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = "at+jwt" });
    }
}
