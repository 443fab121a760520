using System.Text.Json;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>A registered extension.</summary>
public sealed record ExtensionView
{
    public required string Name { get; init; }

    public required string Publisher { get; init; }

    public required string DisplayName { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>A registered extension with its versions.</summary>
public sealed record ExtensionDetails
{
    public required string Name { get; init; }

    public required string Publisher { get; init; }

    public required string DisplayName { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The latest published, newest first, at most <see cref="MaxVersions"/>.</summary>
    public required IReadOnlyList<VersionSummary> Versions { get; init; }

    public const int MaxVersions = 100;
}

/// <summary>A published version in a list.</summary>
public sealed record VersionSummary
{
    public required string Version { get; init; }

    public required string ContentHash { get; init; }

    public required DateTime PublishedAt { get; init; }
}

/// <summary>A published version.</summary>
public sealed record VersionView
{
    public required string Name { get; init; }

    public required string Publisher { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>Size of the bundle.</summary>
    public required long SizeBytes { get; init; }

    public required DateTime PublishedAt { get; init; }

    /// <summary>The bundle's own manifest.</summary>
    public required JsonElement Manifest { get; init; }
}
