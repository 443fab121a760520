namespace Alga.Extensions.Registry.InstallSecrets;

/// <summary>Body of <c>PUT /api/tenant/installs/{name}/secrets/{secret}</c>.</summary>
public sealed record SecretRequest
{
    /// <summary>1 to 24,576 bytes of UTF-8. Goes in and never comes out again.</summary>
    public required string Value { get; init; }

    /// <summary>From when the value is refused; null for never. The manifest's <c>maxAgeDays</c> holds besides.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Without the value, for whoever writes this down.</summary>
    public override string ToString() => $"SecretRequest {{ ExpiresAt = {ExpiresAt} }}";
}
