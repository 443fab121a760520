namespace Alga.Extensions.Registry.Index;

/// <summary>Body of <c>POST /api/registry/extensions/{name}/index/advance</c>.</summary>
public sealed record AdvanceRequest
{
    /// <summary>Highest that may be asked for; far below the end of all numbers, so that many more can follow.</summary>
    public const long MaxNumber = 1_000_000_000_000;

    /// <summary>What the new index's number must reach, such as the highest that a runner's log names.</summary>
    public required long AtLeast { get; init; }

    /// <summary>Why, for the audit log; 1 to 500 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>An index that was signed.</summary>
/// <param name="Name">The extension.</param>
/// <param name="Number">Its number now.</param>
public sealed record IndexView(string Name, long Number);

/// <summary>Body of the answer to <c>POST /api/registry/maintenance/indexes/renew</c>.</summary>
/// <param name="Renewed">How many were signed.</param>
public sealed record RenewalView(int Renewed);
