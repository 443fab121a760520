namespace Alga.Extensions.Registry.Maintenance;

/// <summary>Answer to <c>POST /api/registry/maintenance/collect</c>.</summary>
public sealed record CollectReport
{
    /// <summary>Hashes that were looked at in the bundle store.</summary>
    public required int Examined { get; init; }

    /// <summary>Those among them that had neither version nor claim; they can be collected when the grace period is over.</summary>
    public required int Found { get; init; }

    /// <summary>Hashes whose blobs were deleted.</summary>
    public required int Collected { get; init; }

    /// <summary>Blobs of these hashes that were deleted, their compiled code among them.</summary>
    public required int BlobsDeleted { get; init; }

    /// <summary>Blobs of compiled code that were deleted because no runner has had use for it in 30 days.</summary>
    public required int CompiledDeleted { get; init; }

    /// <summary>For the next request, which looks at what follows in the store; null when all was looked at.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether nothing is left to look at, and nothing to delete whose grace period is over.</summary>
    public required bool Done { get; init; }
}
