using System.Text.Json.Serialization;

namespace Alga.Extensions.Authentication;

/// <summary>The claims that are read once a token has been verified. The others, such as <c>exp</c>, were checked before.</summary>
internal sealed record CallerClaims
{
    [JsonPropertyName("sub")]
    public string? Subject { get; init; }

    [JsonPropertyName("tenant_id")]
    public string? TenantId { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("roles")]
    public IReadOnlyList<string?>? Roles { get; init; }

    [JsonPropertyName("publishers")]
    public IReadOnlyList<string?>? Publishers { get; init; }
}

/// <summary>Source-generated JSON of the claims; a claim of another type or one that is there twice is an error.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CallerClaims))]
internal sealed partial class CallerJson : JsonSerializerContext
{
}
