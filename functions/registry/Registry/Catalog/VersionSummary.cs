namespace Alga.Extensions.Registry.Catalog;

/// <summary>A published version in a list.</summary>
public sealed record VersionSummary
{
    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>Size of the bundle.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Whether it has a pre-release part (SemVer 2, 9).</summary>
    public required bool Prerelease { get; init; }

    /// <summary>Null when it is not yanked.</summary>
    public required YankView? Yanked { get; init; }

    /// <summary>Null when it is not revoked.</summary>
    public required RevokedView? Revoked { get; init; }

    /// <summary>Issuer and subject of whoever published it.</summary>
    public required string PublishedBy { get; init; }

    public required DateTime PublishedAt { get; init; }
}

/// <summary>A revocation: the version runs nowhere, and cannot be installed.</summary>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="At">Since when.</param>
public sealed record RevokedView(string Reason, DateTime At);

/// <summary>A yank: the version is not for new installs. Where it is installed it goes on.</summary>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="ByOperator">Whether an operator of the platform yanked it; then only an operator may bring it back.</param>
/// <param name="At">Since when.</param>
public sealed record YankView(string Reason, bool ByOperator, DateTime At);
