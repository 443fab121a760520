using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>An install as it is stored, and as the audit log keeps it before and after a change.</summary>
public sealed record InstallState
{
    public required Guid InstallId { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>A value of <see cref="InstallStatus"/>.</summary>
    public required string Status { get; init; }

    public required InstallGrants Grants { get; init; }

    /// <summary>The settings; null only in lists, which have no need of them.</summary>
    public required JsonElement? Config { get; init; }

    /// <summary>A value of <see cref="Follow.RolloutPolicy"/>.</summary>
    public required string Policy { get; init; }

    /// <summary>Which executions are recorded.</summary>
    public InstallRecording Recording { get; init => field = value ?? Unrecorded; } = Unrecorded;

    /// <summary>A new version that a share of the users gets.</summary>
    public CandidateVersion? Rollout { get; init; }

    /// <summary>A version that waits for an admin.</summary>
    public PendingVersion? Pending { get; init; }

    /// <summary>A version that was rejected or rolled back: following takes nothing up to it.</summary>
    public VersionName? PassedOver { get; init; }

    /// <summary>Set while the install is uninstalled.</summary>
    public Uninstalled? Uninstalled { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required long Revision { get; init; }

    public required DateTime InstalledAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    /// <summary>The manifest of the version that runs; always set, although JSON's generator takes no required member that is not written.</summary>
    [JsonIgnore]
    public ExtensionManifest Manifest { get; init; } = null!;

    /// <summary>What the version asks for.</summary>
    [JsonIgnore]
    public InstallGrants Asked => InstallGrants.AskedBy(Manifest);

    /// <summary>Whether it can be called, shown and changed; one that is uninstalled can only be restored.</summary>
    [JsonIgnore]
    public bool IsInstalled => Uninstalled is null;

    /// <summary>How every install begins.</summary>
    [JsonIgnore]
    public static InstallRecording Unrecorded { get; } = new(RecordingMode.Off, null, ExecuteRecording.DefaultKeepDays);

    /// <summary>The entity tag. It holds the install's id, so that one of a purged install never fits its successor.</summary>
    [JsonIgnore]
    public string ETag => $"\"{InstallId:N}-{Revision}\"";

    /// <summary>The install with another version, which is what all of its users get.</summary>
    public InstallState At(InstallableVersion version) => this with
    {
        Version = version.Manifest.Version,
        VersionId = version.VersionId,
        ContentHash = version.ContentHash.ToString(),
        Manifest = version.Manifest,
        Rollout = null,
    };
}

/// <summary>A published version by id and by name.</summary>
public sealed record VersionName(Guid VersionId, string Version);

/// <summary>A version that a share of the users gets.</summary>
/// <param name="VersionId">Its id.</param>
/// <param name="Version">The version.</param>
/// <param name="ContentHash">Its bundle's hash.</param>
/// <param name="Percent">Of the users, 0 to 100; requests without a user never get it.</param>
public sealed record CandidateVersion(Guid VersionId, string Version, string ContentHash, int Percent);

/// <summary>A version that waits for an admin.</summary>
/// <param name="VersionId">Its id.</param>
/// <param name="Version">The version.</param>
/// <param name="Percent">The share of users it shall start with; null for all.</param>
/// <param name="Since">When it was asked for.</param>
/// <param name="By">Who asked, as the audit log names them.</param>
public sealed record PendingVersion(Guid VersionId, string Version, int? Percent, DateTime Since, string By);

/// <summary>An install that was uninstalled and can be restored for a while.</summary>
/// <param name="At">When.</param>
/// <param name="Until">From then on it is purged, and cannot be restored.</param>
/// <param name="StatusBefore">What a restore brings back.</param>
/// <param name="IsPurging">Whether the purge has begun.</param>
public sealed record Uninstalled(DateTime At, DateTime Until, string StatusBefore, bool IsPurging);

/// <summary>Values of an install's status.</summary>
public static class InstallStatus
{
    public const string Enabled = "enabled";
    public const string Disabled = "disabled";
    public const string Uninstalled = "uninstalled";
}
