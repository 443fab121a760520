namespace Alga.Extensions.Registry.Catalog;

/// <summary>A row of <c>extension_registry</c> as it is read.</summary>
internal sealed record ExtensionRow
{
    /// <summary>What to select.</summary>
    public const string Columns =
        """
        extension_id as Name, publisher_id as Publisher, display_name as DisplayName, description as Description,
        latest_version as LatestVersion, latest_prerelease as LatestPrerelease, deprecation_message as DeprecationMessage,
        deprecated_by_operator as DeprecatedByOperator, deprecated_at as DeprecatedAt, created_at as CreatedAt
        """;

    public required string Name { get; init; }

    public required string Publisher { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public string? LatestVersion { get; init; }

    public string? LatestPrerelease { get; init; }

    public string? DeprecationMessage { get; init; }

    public required bool DeprecatedByOperator { get; init; }

    public DateTime? DeprecatedAt { get; init; }

    public required DateTime CreatedAt { get; init; }

    public ExtensionView ToView() => new()
    {
        Name = Name,
        Publisher = Publisher,
        DisplayName = DisplayName,
        Description = Description,
        LatestVersion = LatestVersion,
        LatestPrerelease = LatestPrerelease,
        Deprecated = DeprecationMessage is null ? null : new DeprecationView(DeprecationMessage, DeprecatedByOperator, DeprecatedAt!.Value),
        CreatedAt = CreatedAt,
    };
}
