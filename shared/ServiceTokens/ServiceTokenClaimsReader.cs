using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.ServiceTokens;

/// <summary>Reads claims exactly as <see cref="ServiceTokenJson"/> would, but for nulls in lists, which are refused here. The runner does it for each request.</summary>
internal static class ServiceTokenClaimsReader
{
    /// <summary>The claims.</summary>
    /// <exception cref="JsonException">Members are unknown, missing, null or repeated, or values of another type; or it is no JSON.</exception>
    public static ServiceTokenClaims Read(ReadOnlySpan<byte> json) => JsonValues.Document(json, Claims);

    private static ServiceTokenClaims Claims(ref Utf8JsonReader reader)
    {
        string? issuer = null, audience = null, extensionId = null, contentHash = null, method = null, path = null, bodyHash = null;
        long issuedAt = 0, expiresAt = 0;
        Guid requestId = default, tenantId = default, installId = default, versionId = default;
        List<string>? capabilities = null, egress = null;
        List<SecretClaim>? secrets = null;
        var members = JsonMembers.Of(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (members.Take(ref reader, "iss"u8, 0)) issuer = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "aud"u8, 1)) audience = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "iat"u8, 2)) issuedAt = JsonValues.Int64(ref reader);
            else if (members.Take(ref reader, "exp"u8, 3)) expiresAt = JsonValues.Int64(ref reader);
            else if (members.Take(ref reader, "jti"u8, 4)) requestId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "tid"u8, 5)) tenantId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "iid"u8, 6)) installId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "ext"u8, 7)) extensionId = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "vid"u8, 8)) versionId = JsonValues.Guid(ref reader);
            else if (members.Take(ref reader, "dig"u8, 9)) contentHash = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "cap"u8, 10)) capabilities = JsonValues.Texts(ref reader) ?? [];
            else if (members.Take(ref reader, "egr"u8, 11)) egress = reader.TokenType == JsonTokenType.Null ? null : JsonValues.Texts(ref reader) ?? [];
            else if (members.Take(ref reader, "sec"u8, 12)) secrets = reader.TokenType == JsonTokenType.Null ? null : JsonValues.Items(ref reader, Secret) ?? [];
            else if (members.Take(ref reader, "mth"u8, 13)) method = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "pth"u8, 14)) path = JsonValues.Text(ref reader);
            else if (members.Take(ref reader, "bsh"u8, 15)) bodyHash = JsonValues.Text(ref reader);
            else throw JsonMembers.Unknown();
        }

        members.Require(0b1110_0111_1111_1111);
        return new ServiceTokenClaims
        {
            Issuer = issuer!,
            Audience = audience!,
            IssuedAt = issuedAt,
            ExpiresAt = expiresAt,
            RequestId = requestId,
            TenantId = tenantId,
            InstallId = installId,
            ExtensionId = extensionId!,
            VersionId = versionId,
            ContentHash = contentHash!,
            Capabilities = capabilities!,
            Egress = egress,
            Secrets = secrets,
            Method = method!,
            Path = path!,
            BodyHash = bodyHash!,
        };
    }

    private static SecretClaim Secret(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, ServiceTokenJson.Default.SecretClaim) ?? throw new JsonException("A secret is null.");
}
