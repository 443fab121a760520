using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Authentication;

/// <summary>What a token has to be, beside having been signed.</summary>
internal static class TokenRules
{
    /// <summary>Asymmetric ones only: with HMAC, or none, anybody who has the public key could sign.</summary>
    public static readonly FrozenSet<string> Algorithms =
        FrozenSet.ToFrozenSet([SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256], StringComparer.Ordinal);

    private static readonly string[] Types = ["at+jwt", "JWT"];

    public static TokenValidationParameters For(string issuer, string audience, SecurityKey key, TimeProvider time) => new()
    {
        ValidAlgorithms = Algorithms,
        ValidTypes = Types,
        ValidIssuer = issuer,
        ValidAudience = audience,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires, time.GetUtcNow().UtcDateTime),
    };

    /// <summary>For the caller, who can act on it; nothing of the exception's own text.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException =>
            "The token has expired, is not yet valid or has no expiry; get a new one.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        SecurityTokenInvalidTypeException => "The token is of another type; send an access token.",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "The token's signature does not verify.",
        _ => "The token is not valid.",
    };

    private static bool IsAlive(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is { } end && now < end + AuthenticationOptions.ClockSkew
        && (notBefore is not { } start || now > start - AuthenticationOptions.ClockSkew);
}
