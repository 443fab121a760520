using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Upgrade;

namespace Alga.Extensions.Registry.Install;

/// <summary>An extension as a tenant has it, with what an admin could do about it.</summary>
public sealed record InstallView
{
    public required Guid InstallId { get; init; }

    public required string Name { get; init; }

    /// <summary>What runs.</summary>
    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    /// <summary><c>enabled</c>, <c>disabled</c> or <c>uninstalled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Until when an uninstalled one can be restored; null for others.</summary>
    public required DateTime? UninstalledUntil { get; init; }

    public required InstallGrants Grants { get; init; }

    /// <summary>What the version asks for.</summary>
    public required InstallGrants Requested { get; init; }

    /// <summary>What the version asks for and is not granted.</summary>
    public required InstallGrants Missing { get; init; }

    /// <summary>The settings; absent in lists and for callers who are no admins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Config { get; init; }

    /// <summary>Which new versions the install moves to by itself: <c>pin</c>, <c>patch</c> or <c>minor</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>Which executions are recorded.</summary>
    public required InstallRecording Recording { get; init; }

    /// <summary>The newest stable version that is newer than what runs; null when there is none.</summary>
    public required string? LatestVersion { get; init; }

    /// <summary>The newest version that fits: that the policy leads to, and with <c>pin</c> the latest; null when there is none.</summary>
    public required string? AvailableVersion { get; init; }

    /// <summary>Whether there is an available version.</summary>
    public required bool UpdateAvailable { get; init; }

    /// <summary>An upgrade that waits for an admin; null when none does.</summary>
    public required PendingView? Pending { get; init; }

    /// <summary>A new version that a share of the users gets; null when none does.</summary>
    public required RolloutView? Rollout { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required long Revision { get; init; }

    public required DateTime InstalledAt { get; init; }

    public required DateTime UpdatedAt { get; init; }
}

/// <summary>An upgrade that waits for an admin, who consents or rejects.</summary>
public sealed record PendingView
{
    public required string Version { get; init; }

    /// <summary>The share of users it shall start with; null for all.</summary>
    public required int? Percent { get; init; }

    public required DateTime Since { get; init; }

    /// <summary>What an admin has to decide on; absent in lists and for callers who are no admins, as is the next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InstallGrants? Needed { get; init; }

    /// <summary>What changes between the version that runs and this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UpgradeDifference? Difference { get; init; }
}

/// <summary>A new version that a share of the users gets.</summary>
/// <param name="Version">The version.</param>
/// <param name="VersionId">Its id.</param>
/// <param name="ContentHash">Its bundle's hash.</param>
/// <param name="Percent">Of the users, 0 to 100.</param>
public sealed record RolloutView(string Version, Guid VersionId, string ContentHash, int Percent);
