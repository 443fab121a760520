namespace Alga.Extensions.Runner.HostApis;

/// <summary>A stored value of an install's secret, opened.</summary>
/// <param name="Value">The value.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="ExpiresAt">From when it is refused; null for never.</param>
internal sealed record InstallSecret(string Value, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Why the value must not be used any more; null when it may.</summary>
    public string? FindExpiry(SecretGrant grant, DateTimeOffset now)
    {
        if (ExpiresAt <= now) return $"Secret \"{grant.Name}\" has expired. Ask the tenant's admin for a new value.";
        return grant.MaxAge is { } maxAge && CreatedAt + maxAge <= now
            ? $"Secret \"{grant.Name}\" is older than the {maxAge.TotalDays:0} days that \"maxAgeDays\" in manifest.json allows. Ask the tenant's admin for a new value."
            : null;
    }
}
