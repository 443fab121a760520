using System.Buffers.Text;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Alga.Extensions.Authentication;

/// <summary>Reads the caller out of a token that has been verified, from exactly the bytes that were signed.</summary>
internal static class CallerReader
{
    private const int MaxTextLength = 255;

    public static Outcome<Caller> Read(JsonWebToken token)
    {
        CallerClaims? claims;
        try
        {
            claims = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token.EncodedPayload), CallerJson.Default.CallerClaims);
        }
        catch (JsonException)
        {
            return Refuse("A claim of the token has the wrong type or is there twice.");
        }

        if (claims is null || !IsText(claims.Subject)) return Refuse("The token's sub claim is missing or not usable.");

        Guid? tenantId = null;
        if (claims.TenantId is not null)
        {
            if (!UuidText.TryParse(claims.TenantId, out var parsed) || parsed == Guid.Empty) return Refuse("The token's tenant_id claim is not a UUID.");
            tenantId = parsed;
        }

        if (!AreTexts(claims.Roles, out var roles)) return Refuse("The token's roles claim is not usable.");
        if (!AreTexts(claims.Publishers, out var publishers)) return Refuse("The token's publishers claim is not usable.");
        if (claims.Email is { Length: > 0 } && !IsText(claims.Email)) return Refuse("The token's email claim is not usable.");
        if (claims.Name is { Length: > 0 } && !IsText(claims.Name)) return Refuse("The token's name claim is not usable.");

        return new Caller(claims.Subject!, tenantId, claims.Email ?? "", claims.Name ?? "", roles, publishers, token.Issuer);
    }

    /// <summary>These values reach logs, the database and extensions, so they are short and hold no control characters.</summary>
    private static bool IsText(string? text) => text is { Length: > 0 and <= MaxTextLength } && !text.Any(char.IsControl);

    private static bool AreTexts(IReadOnlyList<string?>? texts, out IReadOnlyList<string> valid)
    {
        valid = texts?.OfType<string>().ToArray() ?? [];
        return texts is null || (valid.Count == texts.Count && valid.All(IsText));
    }

    private static Refusal Refuse(string message) => new(ErrorCode.Unauthenticated, message);
}
