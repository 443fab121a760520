using System.Text.Json;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>A row of <see cref="InstallStore"/>'s query.</summary>
internal sealed record InstallRow
{
    public required Guid InstallId { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    public required string Status { get; init; }

    public required string[] GrantedCapabilities { get; init; }

    public required string[] GrantedEgress { get; init; }

    public required string Manifest { get; init; }

    public required string Config { get; init; }

    public required string Policy { get; init; }

    public required string RecordingMode { get; init; }

    public int? RecordingPercent { get; init; }

    public required int RecordingDays { get; init; }

    public Guid? CandidateVersionId { get; init; }

    public string? CandidateVersion { get; init; }

    public string? CandidateContentHash { get; init; }

    public int? CandidatePercent { get; init; }

    public Guid? PendingVersionId { get; init; }

    public string? PendingVersion { get; init; }

    public int? PendingPercent { get; init; }

    public DateTime? PendingSince { get; init; }

    public string? PendingBy { get; init; }

    public Guid? PassedOverVersionId { get; init; }

    public string? PassedOverVersion { get; init; }

    public string? StatusBefore { get; init; }

    public DateTime? UninstalledAt { get; init; }

    public DateTime? PurgeAfter { get; init; }

    public bool IsPurging { get; init; }

    public required long Revision { get; init; }

    public required DateTime InstalledAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public InstallState ToState(bool withConfig) => new()
    {
        InstallId = InstallId,
        Name = Name,
        Version = Version,
        VersionId = VersionId,
        ContentHash = ContentHash,
        Status = Status,
        Grants = new InstallGrants { Capabilities = GrantedCapabilities, Egress = GrantedEgress },
        Manifest = VersionReader.Parse(VersionId, Manifest),
        Config = withConfig ? JsonElement.Parse(Config) : null,
        Policy = Policy,
        Recording = new InstallRecording(RecordingMode, RecordingPercent, RecordingDays),
        Rollout = CandidateVersionId is { } candidate
            ? new CandidateVersion(candidate, CandidateVersion!, CandidateContentHash!, CandidatePercent!.Value)
            : null,
        Pending = PendingVersionId is { } pending
            ? new PendingVersion(pending, PendingVersion!, PendingPercent, PendingSince!.Value, PendingBy!)
            : null,
        PassedOver = PassedOverVersionId is { } passedOver ? new VersionName(passedOver, PassedOverVersion!) : null,
        Uninstalled = Status == InstallStatus.Uninstalled
            ? new Uninstalled(UninstalledAt!.Value, PurgeAfter!.Value, StatusBefore!, IsPurging)
            : null,
        Revision = Revision,
        InstalledAt = InstalledAt,
        UpdatedAt = UpdatedAt,
    };
}
