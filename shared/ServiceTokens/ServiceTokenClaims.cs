using System.Text.Json.Serialization;

namespace Alga.Extensions.ServiceTokens;

/// <summary>What a service token says. The runner takes tenant, install, version and capabilities from here alone.</summary>
public sealed record ServiceTokenClaims
{
    /// <summary>Always <see cref="ServiceToken.Issuer"/>.</summary>
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>Always <see cref="ServiceToken.Audience"/>.</summary>
    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    /// <summary>The request id; also what makes the token single-use.</summary>
    [JsonPropertyName("jti")]
    public required Guid RequestId { get; init; }

    [JsonPropertyName("tid")]
    public required Guid TenantId { get; init; }

    [JsonPropertyName("iid")]
    public required Guid InstallId { get; init; }

    /// <summary>The extension's name.</summary>
    [JsonPropertyName("ext")]
    public required string ExtensionId { get; init; }

    [JsonPropertyName("vid")]
    public required Guid VersionId { get; init; }

    /// <summary>Content hash of the bundle, <c>sha256:...</c>.</summary>
    [JsonPropertyName("dig")]
    public required string ContentHash { get; init; }

    /// <summary>Granted capabilities by plain name, such as <c>storage.kv</c>.</summary>
    [JsonPropertyName("cap")]
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Hosts for <c>http.fetch</c>; absent when there are none.</summary>
    [JsonPropertyName("egr")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Egress { get; init; }

    /// <summary>Secrets that may be used; absent when there are none.</summary>
    [JsonPropertyName("sec")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SecretClaim>? Secrets { get; init; }

    [JsonPropertyName("mth")]
    public required string Method { get; init; }

    [JsonPropertyName("pth")]
    public required string Path { get; init; }

    /// <summary>Base64url SHA-256 of the execute request's exact bytes.</summary>
    [JsonPropertyName("bsh")]
    public required string BodyHash { get; init; }
}

/// <summary>A secret that may be used.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="MaxAgeDays">Age in days from which its value is refused; absent for no limit.</param>
public sealed record SecretClaim(
    [property: JsonPropertyName("n")] string Name,
    [property: JsonPropertyName("a"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxAgeDays = null);

/// <summary>Source-generated JSON of the claims: unknown, missing, null and repeated members are refused.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ServiceTokenClaims))]
internal sealed partial class ServiceTokenJson : JsonSerializerContext
{
}
