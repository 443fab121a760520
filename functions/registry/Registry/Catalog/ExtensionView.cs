using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>A registered extension.</summary>
public record ExtensionView
{
    public required string Name { get; init; }

    public required string Publisher { get; init; }

    /// <summary>From the manifest of <see cref="LatestVersion"/>, else of <see cref="LatestPrerelease"/>, else as it was registered.</summary>
    public required string DisplayName { get; init; }

    /// <summary>From the same manifest; empty when it has none.</summary>
    public required string Description { get; init; }

    /// <summary>The highest version (SemVer 2 precedence) that is neither yanked nor a pre-release; null when there is none.</summary>
    public required string? LatestVersion { get; init; }

    /// <summary>The highest pre-release that is not yanked, where it is higher than <see cref="LatestVersion"/>.</summary>
    public required string? LatestPrerelease { get; init; }

    /// <summary>Why it should not be used any more; null when it is not deprecated.</summary>
    public required DeprecationView? Deprecated { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>A deprecation: a word to everybody who looks at the extension. Nothing stops working.</summary>
/// <param name="Message">What to do instead, 1 to 500 characters.</param>
/// <param name="ByOperator">Whether an operator of the platform said it; then only an operator may take it back.</param>
/// <param name="At">Since when.</param>
public sealed record DeprecationView(string Message, bool ByOperator, DateTime At);

/// <summary>A registered extension with its highest versions.</summary>
public sealed record ExtensionDetails : ExtensionView
{
    /// <summary>Most versions that are shown here; the list of versions pages through all.</summary>
    public const int MaxVersions = 100;

    /// <summary>An extension with versions.</summary>
    [SetsRequiredMembers]
    public ExtensionDetails(ExtensionView extension, IReadOnlyList<VersionSummary> versions)
        : base(extension) => Versions = versions;

    /// <summary>The highest first, at most <see cref="MaxVersions"/>.</summary>
    public IReadOnlyList<VersionSummary> Versions { get; }
}
