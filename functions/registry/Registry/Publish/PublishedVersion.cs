using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Answer to a publish.</summary>
public sealed record PublishedVersion
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    public required DateTime PublishedAt { get; init; }
}

/// <summary>A version that is visible, and whether this request made it so.</summary>
public sealed record Publication(PublishedVersion Version, bool Created);

/// <summary>Why a publish was refused.</summary>
/// <param name="Refusal">The reason.</param>
/// <param name="Errors">Single faults, where there can be several.</param>
public sealed record PublishRefusal(Refusal Refusal, IReadOnlyList<string>? Errors = null);
