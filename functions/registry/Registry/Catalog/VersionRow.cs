using System.Text;
using System.Text.Json;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>A row of <c>extension_version</c> with its bundle, its yank and its revocation, as it is read for lists.</summary>
internal record VersionRow
{
    /// <summary>What to select.</summary>
    public const string Columns =
        """
        v.version as Version, v.version_id as VersionId, v.content_hash as ContentHash, b.size_bytes as SizeBytes, v.prerelease as Prerelease,
        y.reason as YankReason, y.by_operator as YankedByOperator, y.yanked_at as YankedAt,
        r.reason as RevocationReason, r.revoked_at as RevokedAt, v.published_by as PublishedBy, v.published_at as PublishedAt
        """;

    /// <summary>Where to select it from.</summary>
    public const string From =
        """
        from extension_version v
        join extension_bundle b using (content_hash)
        left join extension_version_yank y using (version_id)
        left join extension_version_revocation r using (version_id)
        """;

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    public required long SizeBytes { get; init; }

    public required bool Prerelease { get; init; }

    public string? YankReason { get; init; }

    public bool? YankedByOperator { get; init; }

    public DateTime? YankedAt { get; init; }

    public string? RevocationReason { get; init; }

    public DateTime? RevokedAt { get; init; }

    public required string PublishedBy { get; init; }

    public required DateTime PublishedAt { get; init; }

    public RevokedView? Revoked => RevocationReason is null ? null : new RevokedView(RevocationReason, RevokedAt!.Value);

    public YankView? Yanked => YankReason is null ? null : new YankView(YankReason, YankedByOperator!.Value, YankedAt!.Value);

    public VersionSummary ToSummary() => new()
    {
        Version = Version,
        VersionId = VersionId,
        ContentHash = ContentHash,
        SizeBytes = SizeBytes,
        Prerelease = Prerelease,
        Yanked = Yanked,
        Revoked = Revoked,
        PublishedBy = PublishedBy,
        PublishedAt = PublishedAt,
    };
}

/// <summary>The same with the extension and the manifest.</summary>
internal sealed record FullVersionRow : VersionRow
{
    /// <summary>What to select.</summary>
    public new const string Columns = VersionRow.Columns +
        """
        , v.extension_id as Name, e.publisher_id as Publisher, e.deprecation_message as DeprecationMessage, e.deprecated_by_operator as DeprecatedByOperator,
        e.deprecated_at as DeprecatedAt, b.expanded_bytes as ExpandedBytes, b.file_count as FileCount, b.component_bytes as ComponentBytes,
        v.manifest as Manifest
        """;

    public required string Name { get; init; }

    public required string Publisher { get; init; }

    public string? DeprecationMessage { get; init; }

    public required bool DeprecatedByOperator { get; init; }

    public DateTime? DeprecatedAt { get; init; }

    public long? ExpandedBytes { get; init; }

    public int? FileCount { get; init; }

    public long? ComponentBytes { get; init; }

    public required string Manifest { get; init; }

    /// <exception cref="InvalidOperationException">The stored manifest is one that publishing refuses.</exception>
    public VersionView ToView()
    {
        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(Manifest)).Manifest
            ?? throw new InvalidOperationException($"The stored manifest of {Name} {Version} is not valid.");
        return new VersionView
        {
            Name = Name,
            Publisher = Publisher,
            Version = Version,
            VersionId = VersionId,
            ContentHash = ContentHash,
            Prerelease = Prerelease,
            Yanked = Yanked,
            Revoked = Revoked,
            Deprecated = DeprecationMessage is null ? null : new DeprecationView(DeprecationMessage, DeprecatedByOperator, DeprecatedAt!.Value),
            SizeBytes = SizeBytes,
            ExpandedBytes = ExpandedBytes,
            FileCount = FileCount,
            ComponentBytes = ComponentBytes,
            SignatureUrl = $"/api/registry/extensions/{Name}/versions/{Uri.EscapeDataString(Version)}/signature",
            Runtime = manifest.Runtime,
            PrecompiledTargets = [.. manifest.Precompiled.Keys.Order(StringComparer.Ordinal)],
            Endpoints = [.. manifest.Endpoints.Select(endpoint =>
                new EndpointView(endpoint.Method, endpoint.Path.Text, endpoint.Roles, endpoint.TimeoutMs, endpoint.MaxBodyBytes))],
            Capabilities = manifest.Capabilities,
            Egress = manifest.Egress,
            Secrets = manifest.Secrets,
            Events = manifest.Events,
            Ui = manifest.Ui,
            Sbom = manifest.Sbom,
            PublishedBy = PublishedBy,
            PublishedAt = PublishedAt,
            Manifest = JsonElement.Parse(Manifest),
        };
    }
}
