using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Alga.Extensions.Authentication;

/// <summary>
/// What the library that reads tokens lets pass: a name that is there twice, of which each reader may take another value, and times in the
/// form of texts (RFC 7515, 4 and RFC 7519, 2 and 4).
/// </summary>
internal static class TokenForm
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] Times = ["exp", "nbf", "iat"];

    /// <summary>Whether header and claims can be read in one way only.</summary>
    public static bool IsUnambiguous(JsonWebToken token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedHeader), Strict);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload), Strict);
            // Whatever it asks for is not understood here.
            return !header.RootElement.TryGetProperty("crit", out _)
                && Times.All(name => !claims.RootElement.TryGetProperty(name, out var time) || time.ValueKind == JsonValueKind.Number);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // No JSON, no base64url, or no object.
            return false;
        }
    }
}
