using System.Text.Json;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install.Upgrade;

/// <summary>The states that an upgrade leads to. Each is made of the state before, whole.</summary>
internal static class UpgradeTransitions
{
    /// <summary>All users get the other version from now on.</summary>
    public static InstallState MoveTo(this InstallState install, InstallableVersion target, InstallGrants grants, JsonElement config) =>
        install.At(target) with
        {
            Grants = grants,
            Config = config,
            Pending = StillPending(install, target.Manifest.Version),
            PassedOver = null,
        };

    /// <summary>
    /// A share of the users gets the other version. Grants are one set for both: what the running version alone asks for
    /// stays as it is, and each version uses only what its own manifest asks for.
    /// </summary>
    public static InstallState Share(this InstallState install, InstallableVersion target, InstallGrants grants, JsonElement config, int percent) =>
        install with
        {
            Rollout = new CandidateVersion(target.VersionId, target.Manifest.Version, target.ContentHash.ToString(), percent),
            Grants = install.Grants.Within(install.Asked).Without(target.Asked).And(grants),
            Config = config,
            Pending = StillPending(install, target.Manifest.Version),
            PassedOver = null,
        };

    /// <summary>The other version waits for an admin; nothing else changes.</summary>
    public static InstallState WaitFor(this InstallState install, InstallableVersion target, int? percent, DateTime now, string by) =>
        install.Pending is { } pending && pending.VersionId == target.VersionId && pending.Percent == percent
            ? install
            : install with { Pending = new PendingVersion(target.VersionId, target.Manifest.Version, percent, now, by) };

    /// <summary>All users get the running version; following does not take the candidate again.</summary>
    public static InstallState EndRollout(this InstallState install) => install with
    {
        Rollout = null,
        PassedOver = new VersionName(install.Rollout!.VersionId, install.Rollout.Version),
        Grants = install.Grants.Within(install.Asked),
    };

    private static PendingVersion? StillPending(InstallState install, string version) =>
        install.Pending is { } pending && OfferedVersions.IsNewer(pending.Version, version) ? pending : null;
}
