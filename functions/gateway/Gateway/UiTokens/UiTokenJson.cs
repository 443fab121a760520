using System.Text.Json.Serialization;

namespace Alga.Extensions.Gateway.UiTokens;

/// <summary>Answer of <c>POST /api/ext-token/{extensionId}</c>.</summary>
public sealed record UiToken
{
    /// <summary>For <c>Authorization: Bearer</c> at <c>/api/ext</c>.</summary>
    public required string Token { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>The install that it is good for.</summary>
    public required Guid InstallId { get; init; }
}

/// <summary>Claims of a page's token.</summary>
internal sealed record UiTokenClaims
{
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Who vouched for the user.</summary>
    [JsonPropertyName("src")]
    public required string Source { get; init; }

    [JsonPropertyName("tenant_id")]
    public required Guid TenantId { get; init; }

    [JsonPropertyName("install_id")]
    public required Guid InstallId { get; init; }
}

/// <summary>Source-generated JSON of tokens for pages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(UiToken))]
[JsonSerializable(typeof(UiTokenClaims))]
internal sealed partial class UiTokenJson : JsonSerializerContext
{
}
