using System.Text.Json;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>A published version with all that is known of it.</summary>
public sealed record VersionView
{
    public required string Name { get; init; }

    public required string Publisher { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>Whether it has a pre-release part (SemVer 2, 9).</summary>
    public required bool Prerelease { get; init; }

    /// <summary>Null when it is not yanked.</summary>
    public required YankView? Yanked { get; init; }

    /// <summary>Null when it is not revoked.</summary>
    public required RevokedView? Revoked { get; init; }

    /// <summary>The extension's deprecation; null when it is not deprecated.</summary>
    public required DeprecationView? Deprecated { get; init; }

    /// <summary>Size of the bundle, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Size of all its files together; null for a version of before this was recorded.</summary>
    public required long? ExpandedBytes { get; init; }

    /// <summary>Number of its files; null for a version of before this was recorded.</summary>
    public required int? FileCount { get; init; }

    /// <summary>Size of its component; null for a version of before this was recorded.</summary>
    public required long? ComponentBytes { get; init; }

    /// <summary>Where the signature envelope is, below the registry's URL.</summary>
    public required string SignatureUrl { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Target triples for which the publisher ships compiled code.</summary>
    public required IReadOnlyList<string> PrecompiledTargets { get; init; }

    public required IReadOnlyList<EndpointView> Endpoints { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Host patterns for <c>http.fetch</c>.</summary>
    public required IReadOnlyList<string> Egress { get; init; }

    public required IReadOnlyList<DeclaredSecret> Secrets { get; init; }

    public required IReadOnlyList<EventSubscription> Events { get; init; }

    /// <summary>Null when it has no user interface.</summary>
    public required ManifestUi? Ui { get; init; }

    /// <summary>Bundle path of the software bill of materials; null when there is none.</summary>
    public required string? Sbom { get; init; }

    /// <summary>Issuer and subject of whoever published it.</summary>
    public required string PublishedBy { get; init; }

    public required DateTime PublishedAt { get; init; }

    /// <summary>The bundle's own manifest, which all of the above that it says was read from.</summary>
    public required JsonElement Manifest { get; init; }
}

/// <summary>An endpoint that a version serves.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">The template below the extension's root.</param>
/// <param name="Roles">The caller needs one of these; empty when every user may call.</param>
/// <param name="TimeoutMs">Guest time in milliseconds; null for the default.</param>
/// <param name="MaxBodyBytes">Largest request body; null for the platform's.</param>
public sealed record EndpointView(string Method, string Path, IReadOnlyList<string> Roles, int? TimeoutMs, int? MaxBodyBytes);
