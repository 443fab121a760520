using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install.Upgrade;

/// <summary>Moves installs to newer versions: at once where nothing more is asked for, else when an admin consents.</summary>
public sealed class Upgrader(InstallWrites writes, InstallableVersions installable, VersionReader versions, TimeProvider time)
{
    /// <summary>Upgrades, starts a rollout to a share of the users, or notes an upgrade that waits for consent.</summary>
    public async Task<Outcome<InstallWrite>> UpgradeAsync(
        Guid tenantId, Actor actor, string name, UpgradeRequest request, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (request.Percent is < 0 or > 100) return PercentRefusal;
        return await writes.ChangeAsync(
            tenantId, actor, name, ifMatch, install => PlanAsync(install, actor, request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an upgrade would change, without changing anything.</summary>
    /// <param name="tenantId">The tenant; it need not have installed the extension.</param>
    /// <param name="name">The extension.</param>
    /// <param name="version">The version to look at; null for the newest stable one, or the one that runs where none is newer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<UpgradePreview>> PreviewAsync(Guid tenantId, string name, string? version, CancellationToken cancellationToken)
    {
        var install = await writes.FindAsync(tenantId, name, cancellationToken).ConfigureAwait(false);
        if (install is { IsInstalled: false }) install = null;
        var wanted = version ?? await ChooseAsync(name, install, cancellationToken).ConfigureAwait(false) ?? install?.Version;
        if (wanted is null) return new Refusal(ErrorCode.NotFound, $"{name} has no stable version, or nobody registered it; name a version with ?version=.");
        if (!(await installable.FindAsync(name, wanted, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var refusal)) return refusal;
        if (install is null) return NewInstall(target);
        var decided = await UpgradeDecision.MakeAsync(install, target.Manifest, null, null, cancellationToken).ConfigureAwait(false);
        if (!decided.TryGet(out var decision, out refusal)) return refusal;
        return new UpgradePreview
        {
            Name = name,
            From = install.Version,
            To = target.Manifest.Version,
            WouldWait = !decision.IsReady,
            Needed = decision.Needed,
            Difference = UpgradeDifference.Between(install.Manifest, target.Manifest, decision.ConfigFaults),
        };
    }

    /// <summary>Applies the pending upgrade with exactly these grants.</summary>
    public Task<Outcome<InstallWrite>> ConsentAsync(
        Guid tenantId, Actor actor, string name, ConsentRequest request, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            async install =>
            {
                if (install.Pending is not { } pending) return NothingPending(name);
                if (pending.Version != request.Version)
                {
                    return new Refusal(ErrorCode.Conflict, $"Not {request.Version} but {pending.Version} of {name} waits for consent; look at the difference again.");
                }

                if (!(await installable.FindAsync(name, pending.Version, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var refusal)) return refusal;
                if (target.UnlessFit(install.VersionId) is { } yanked) return yanked;
                var decided = await UpgradeDecision.MakeAsync(install, target.Manifest, request.Grants, request.Config, cancellationToken).ConfigureAwait(false);
                if (!decided.TryGet(out var decision, out refusal)) return refusal;
                if (decision.ConfigFaults.Count > 0) return ConfigRules.Unfit(decision.ConfigFaults);
                return await ApplyAsync(install, target, decision, pending.Percent, "install.consent", cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Drops the pending upgrade; following does not bring it back.</summary>
    public Task<Outcome<InstallWrite>> RejectAsync(Guid tenantId, Actor actor, string name, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            install => Task.FromResult<Outcome<InstallPlan>>(install.Pending is { } pending
                ? new InstallPlan(install with { Pending = null, PassedOver = new VersionName(pending.VersionId, pending.Version) }, "install.reject")
                : NothingPending(name)),
            cancellationToken);

    /// <summary>The refusal for a share that is none.</summary>
    internal static Refusal PercentRefusal { get; } = new(ErrorCode.InvalidRequest, "percent is a whole number from 0 to 100: the share of users that get the new version.");

    private async Task<Outcome<InstallPlan>> PlanAsync(InstallState install, Actor actor, UpgradeRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Version ?? await ChooseAsync(install.Name, install, cancellationToken).ConfigureAwait(false);
        if (wanted is null || (wanted == install.Version && IsAsIs(install, request))) return new InstallPlan(install, "install.upgrade");
        if (!(await installable.FindAsync(install.Name, wanted, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var refusal)) return refusal;
        if (!OfferedVersions.IsNewer(wanted, install.Version)) return NotNewer(install, wanted);
        if (target.UnlessFit(install.VersionId) is { } yanked) return yanked;
        if (install.Rollout?.VersionId == target.VersionId && request is { Percent: null, Grants: null, Config: null })
        {
            return new InstallPlan(install.MoveTo(target, install.Grants.Within(target.Asked), install.Config!.Value), "install.rollout.promote");
        }

        var decided = await UpgradeDecision.MakeAsync(install, target.Manifest, request.Grants, request.Config, cancellationToken).ConfigureAwait(false);
        if (!decided.TryGet(out var decision, out refusal)) return refusal;
        return decision.IsReady
            ? await ApplyAsync(install, target, decision, request.Percent, "install.upgrade", cancellationToken).ConfigureAwait(false)
            : new InstallPlan(install.WaitFor(target, request.Percent, time.GetDatabaseNow(), actor.Name), "install.upgrade.pending");
    }

    private static async Task<Outcome<InstallPlan>> ApplyAsync(
        InstallState install, InstallableVersion target, UpgradeDecision decision, int? percent, string action, CancellationToken cancellationToken)
    {
        if (percent is not { } share) return new InstallPlan(install.MoveTo(target, decision.Grants, decision.Config), action);
        var faults = await ConfigRules.FindFaultsAsync(decision.Config, install.Manifest.Config, cancellationToken).ConfigureAwait(false);
        if (faults.Count > 0)
        {
            return new Refusal(
                ErrorCode.InvalidRequest,
                $"Both versions get the same config, and it does not fit {install.Version}: {string.Join("; ", faults)}. Upgrade without percent, or give settings that fit both.");
        }

        return new InstallPlan(install.Share(target, decision.Grants, decision.Config, share), action == "install.upgrade" ? "install.rollout.start" : action);
    }

    private async Task<string?> ChooseAsync(string name, InstallState? install, CancellationToken cancellationToken)
    {
        var offered = await versions.OfferedAsync(name, cancellationToken).ConfigureAwait(false);
        return (install is null ? offered.NewestStable : offered.NewestFor(install))?.Number.ToString();
    }

    private static bool IsAsIs(InstallState install, UpgradeRequest request) =>
        install.Rollout is null
        && request.Percent is null
        && (request.Grants is not { } grants || InstallGrants.Sorted(grants.Capabilities, grants.Egress).IsSame(install.Grants))
        && (request.Config is not { } config || JsonEquality.AreEqual(config, install.Config!.Value));

    private static Refusal NotNewer(InstallState install, string version) => new(
        ErrorCode.Conflict,
        $"{version} is not newer than {install.Version}, which runs; use rollback to go back, or PUT config and PUT grants to change what runs.");

    private static Refusal NothingPending(string name) => new(ErrorCode.Conflict, $"No upgrade of {name} waits for consent; read the install again.");

    private static UpgradePreview NewInstall(InstallableVersion target) => new()
    {
        Name = target.Manifest.Name,
        From = null,
        To = target.Manifest.Version,
        WouldWait = false,
        Needed = target.Asked,
        Difference = UpgradeDifference.Between(null, target.Manifest, []),
    };
}
