namespace Alga.Extensions.Registry.Revoke;

/// <summary>Body of <c>POST .../versions/{version}/revoke</c> and <c>/restore</c>.</summary>
public sealed record RevocationRequest
{
    /// <summary>Why, for the audit log and for those who can no longer install it; 1 to 500 characters, no control characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>Whether a version is revoked.</summary>
/// <param name="Name">The extension.</param>
/// <param name="Version">The version.</param>
/// <param name="Revoked">Whether it is.</param>
/// <param name="Reason">Why; null when it is not.</param>
/// <param name="RevokedAt">When; null when it is not.</param>
public sealed record RevocationView(string Name, string Version, bool Revoked, string? Reason, DateTime? RevokedAt)
{
    internal static RevocationView Of(string name, string version, Revocation? revocation) => new(name, version, revocation is not null, revocation?.Reason, revocation?.RevokedAt);
}
