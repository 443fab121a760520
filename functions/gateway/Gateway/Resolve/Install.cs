using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>A tenant's install as it is stored.</summary>
internal sealed record Install(
    Guid InstallId,
    string ExtensionId,
    Guid VersionId,
    string Version,
    ContentHash ContentHash,
    bool Enabled,
    IReadOnlyList<string> GrantedCapabilities,
    IReadOnlyList<string> GrantedEgress,
    IReadOnlyDictionary<string, JsonElement> Config)
{
    /// <summary>The same install on a new version that a share of the users gets; null when no rollout is under way.</summary>
    public Candidate? Candidate { get; init; }

    /// <summary>What is recorded of its executions; null for nothing.</summary>
    public RecordingPolicy? Recording { get; init; }

    /// <summary>What a user gets: the same at every call while the share does not shrink.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="user">Null for a request without a user.</param>
    public Install For(Guid tenantId, string? user) =>
        Candidate is { } candidate && RolloutSplit.Includes(tenantId, InstallId, user, candidate.Percent) ? candidate.Install : this;
}

/// <summary>An install on its new version.</summary>
/// <param name="Install">The install as those users get it.</param>
/// <param name="Percent">Share of the users, 0 to 100.</param>
internal sealed record Candidate(Install Install, int Percent);
