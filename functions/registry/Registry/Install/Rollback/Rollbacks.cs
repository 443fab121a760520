using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.History;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Upgrade;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install.Rollback;

/// <summary>
/// Goes back to a version that the install has run, in one call that also ends a rollout. It gains nothing by it: grants are
/// those of now and, for wishes that the version which is left does not have, those of the time it ran.
/// </summary>
public sealed class Rollbacks(InstallWrites writes, TenantDatabase database, InstallableVersions installable)
{
    /// <summary>Rolls back.</summary>
    public Task<Outcome<InstallWrite>> RollBackAsync(
        Guid tenantId, Actor actor, string name, RollbackRequest request, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            async install =>
            {
                if (request.Version is null ? install.Rollout is not null : request.Version == install.Version)
                {
                    return new InstallPlan(install.Rollout is null ? install : install.EndRollout(), "install.rollout.abort");
                }

                var history = await database.InTenantAsync(
                    tenantId, (_, transaction) => InstallHistory.ReadAsync(transaction, install.InstallId, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (!VersionsRun.Choose(install, history, request.Version).TryGet(out var chosen, out var refusal)) return refusal;
                if (!(await installable.FindAsync(name, chosen.Version, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out refusal)) return refusal;
                var last = VersionsRun.LastLeft(history, target.VersionId);
                var configured = await ConfigAsync(install, target, request.Config, last, cancellationToken).ConfigureAwait(false);
                if (!configured.TryGet(out var config, out refusal)) return refusal;
                return new InstallPlan(Back(install, target, config, last?.Grants ?? new InstallGrants()), "install.rollback");
            },
            cancellationToken);

    private static InstallState Back(InstallState install, InstallableVersion target, JsonElement config, InstallGrants grantedThen)
    {
        var left = install.Rollout is { } rollout ? new VersionName(rollout.VersionId, rollout.Version) : new VersionName(install.VersionId, install.Version);
        return install.At(target) with
        {
            Config = config,
            Grants = GrantCarry.Back(install.Grants, install.Asked, grantedThen, target.Asked),
            PassedOver = OfferedVersions.IsNewer(left.Version, target.Manifest.Version) ? left : install.PassedOver,
            Pending = install.Pending is { } pending && OfferedVersions.IsNewer(pending.Version, target.Manifest.Version) ? pending : null,
        };
    }

    private static async Task<Outcome<JsonElement>> ConfigAsync(
        InstallState install, InstallableVersion target, JsonElement? given, LeftVersion? last, CancellationToken cancellationToken)
    {
        var schema = target.Manifest.Config;
        if (given is not null) return await ConfigRules.CheckAsync(given, schema, cancellationToken).ConfigureAwait(false);
        var faults = await ConfigRules.FindFaultsAsync(install.Config!.Value, schema, cancellationToken).ConfigureAwait(false);
        if (faults.Count == 0) return install.Config!.Value;
        var fitsLast = last is not null && (await ConfigRules.FindFaultsAsync(last.Config, schema, cancellationToken).ConfigureAwait(false)).Count == 0;
        return fitsLast ? last!.Config : ConfigRules.Unfit(faults);
    }
}
