using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Uninstall;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install;

/// <summary>Brings installs to a state that an admin gives whole, and switches them on and off.</summary>
public sealed class Installer(InstallWrites writes, InstallableVersions versions, InstallPurger purger, TimeProvider time)
{
    /// <summary>
    /// Brings an install to the given state, making it where there is none. One that is uninstalled is taken up again with
    /// what its extension stored; one that could be restored no longer is purged first.
    /// </summary>
    public async Task<Outcome<InstallWrite>> PutAsync(
        Guid tenantId, Actor actor, string name, InstallRequest request, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (request.Policy is { } policy && !RolloutPolicy.IsKnown(policy)) return FollowPolicyRefusal;
        var found = await versions.FindAsync(name, request.Version, cancellationToken).ConfigureAwait(false);
        if (!found.TryGet(out var version, out var refusal)) return refusal;
        if (!GrantRules.Check(request.Grants, version.Asked).TryGet(out var grants, out refusal)) return refusal;
        var configured = await ConfigRules.CheckAsync(request.Config, version.Manifest.Config, cancellationToken).ConfigureAwait(false);
        if (!configured.TryGet(out var config, out refusal)) return refusal;
        if (await purger.PurgeWhereDueAsync(tenantId, actor, name, cancellationToken).ConfigureAwait(false) is { } purging) return purging;
        return await writes.RunAsync(
            tenantId,
            actor,
            name,
            ifMatch.Check,
            seen => Task.FromResult<Outcome<InstallPlan>>(
                version.UnlessFit(seen?.VersionId) is { } yanked ? yanked
                : seen is null ? new InstallPlan(New(version, grants, config, request.Policy), "install.create")
                : Changed(seen, version, grants, config, request.Policy)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enables or disables an install; doing it twice changes nothing.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="name">The extension.</param>
    /// <param name="status"><see cref="InstallStatus.Enabled"/> or <see cref="InstallStatus.Disabled"/>.</param>
    /// <param name="ifMatch">The state that the admin had seen.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<Outcome<InstallWrite>> SetStatusAsync(
        Guid tenantId, Actor actor, string name, string status, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            install => Task.FromResult<Outcome<InstallPlan>>(new InstallPlan(
                install.Status == status ? install : install with { Status = status },
                status == InstallStatus.Enabled ? "install.enable" : "install.disable")),
            cancellationToken);

    /// <summary>The refusal for an extension that the tenant has not installed.</summary>
    public static Refusal NotInstalled(string name) =>
        new(ErrorCode.ExtensionNotInstalled, $"Your tenant has not installed {name}; install it with PUT /api/tenant/installs/{name}.");

    /// <summary>The refusal for a policy that does not exist.</summary>
    internal static Refusal FollowPolicyRefusal { get; } = new(
        ErrorCode.InvalidRequest, $"policy is {RolloutPolicy.Pin}, {RolloutPolicy.Patch} or {RolloutPolicy.Minor}: which new versions the install moves to by itself.");

    private InstallState New(InstallableVersion version, InstallGrants grants, JsonElement config, string? policy)
    {
        var now = time.GetDatabaseNow();
        return new InstallState
        {
            InstallId = Guid.CreateVersion7(time.GetUtcNow()),
            Name = version.Manifest.Name,
            Version = version.Manifest.Version,
            VersionId = version.VersionId,
            ContentHash = version.ContentHash.ToString(),
            Status = InstallStatus.Enabled,
            Grants = grants,
            Manifest = version.Manifest,
            Config = config,
            Policy = policy ?? RolloutPolicy.Pin,
            Revision = 0,
            InstalledAt = now,
            UpdatedAt = now,
        };
    }

    private static InstallPlan Changed(InstallState seen, InstallableVersion version, InstallGrants grants, JsonElement config, string? policy)
    {
        var isOtherVersion = seen.VersionId != version.VersionId;
        var after = seen.At(version) with
        {
            Status = seen.IsInstalled ? seen.Status : InstallStatus.Enabled,
            Uninstalled = null,
            Grants = grants,
            Config = config,
            Policy = policy ?? seen.Policy,
            Pending = seen.Pending is { } pending && OfferedVersions.IsNewer(pending.Version, version.Manifest.Version) ? pending : null,
            // An admin who goes back does not want to be brought forward again by following.
            PassedOver = !isOtherVersion ? seen.PassedOver
                : OfferedVersions.IsNewer(seen.Version, version.Manifest.Version) ? new VersionName(seen.VersionId, seen.Version)
                : null,
        };
        return new InstallPlan(IsSame(seen, after) ? seen : after, seen.IsInstalled ? "install.update" : "install.reinstall");
    }

    private static bool IsSame(InstallState before, InstallState after) =>
        before.IsInstalled
        && before.VersionId == after.VersionId
        && before.Rollout is null
        && before.Policy == after.Policy
        && before.Grants.IsSame(after.Grants)
        && JsonEquality.AreEqual(before.Config!.Value, after.Config!.Value);
}
