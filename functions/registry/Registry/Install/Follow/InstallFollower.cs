using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Upgrade;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install.Follow;

/// <summary>
/// Moves following installs to the newest version that their policy allows, each in a transaction of its tenant: at once
/// where nothing more is asked for, else the version waits for an admin. Repeating it changes nothing more.
/// </summary>
public sealed class InstallFollower(
    InstallWrites writes, TenantDatabase database, InstallableVersions installable, VersionReader versions, TimeProvider time)
{
    private const string ActorName = "platform:follow";

    /// <summary>Brings some followers of the extension that has waited longest to its newest version.</summary>
    /// <param name="requestId">Our id of the request.</param>
    /// <param name="limit">How many installs at most.</param>
    /// <param name="cancellationToken">Ends the work; the next call begins where this one did.</param>
    public async Task<Outcome<FollowReport>> RunAsync(Guid requestId, int limit, CancellationToken cancellationToken)
    {
        var step = await database.InPlatformAsync(
            (_, transaction) => FollowQueue.NextAsync(transaction, limit, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (step is null) return new FollowReport();
        var targets = new Targets(installable, step.Name, await versions.OfferedAsync(step.Name, cancellationToken).ConfigureAwait(false));
        var report = new FollowReport { Extension = step.Name, More = true };
        foreach (var owner in step.Owners)
        {
            var followed = await FollowAsync(owner, new Actor(ActorName, requestId), targets, cancellationToken).ConfigureAwait(false);
            if (!followed.TryGet(out var write, out var refusal))
            {
                if (refusal.Code is not ErrorCode.ExtensionNotInstalled) return refusal;
                report = report with { Unchanged = report.Unchanged + 1 };
                continue;
            }

            report = report.With(write);
        }

        var more = await database.InPlatformAsync(
            async (_, transaction) =>
            {
                await FollowQueue.DoneAsync(transaction, step, step.Owners.Count < limit, cancellationToken).ConfigureAwait(false);
                return await FollowQueue.NextAsync(transaction, 0, cancellationToken).ConfigureAwait(false) is not null;
            },
            cancellationToken).ConfigureAwait(false);
        return report with { More = more };
    }

    /// <summary>Brings one install to where its policy leads, as after a change of the policy; nothing where it is there already.</summary>
    public async Task<Outcome<InstallWrite>> CatchUpAsync(Guid tenantId, Actor because, string name, CancellationToken cancellationToken)
    {
        var targets = new Targets(installable, name, await versions.OfferedAsync(name, cancellationToken).ConfigureAwait(false));
        return await FollowAsync(tenantId, because with { Name = ActorName }, targets, cancellationToken).ConfigureAwait(false);
    }

    private Task<Outcome<InstallWrite>> FollowAsync(Guid tenantId, Actor actor, Targets targets, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            targets.Name,
            IfMatch.None,
            async install =>
            {
                // During a rollout an admin is at work: following waits.
                if (install.Rollout is not null || targets.Offered.NewestFollowedBy(install) is not { } newest) return new InstallPlan(install, "install.upgrade");
                if (!(await targets.FindAsync(newest.Number.ToString(), cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var refusal))
                {
                    // A version that is trusted no longer is nobody's to move to; anything else passes, and is tried again.
                    return refusal.Code is ErrorCode.SignatureInvalid or ErrorCode.VersionRevoked ? new InstallPlan(install, "install.upgrade") : refusal;
                }

                var decided = await UpgradeDecision.MakeAsync(install, target.Manifest, null, null, cancellationToken).ConfigureAwait(false);
                if (!decided.TryGet(out var decision, out refusal)) return refusal;
                return Plan(install, target, decision, actor);
            },
            cancellationToken);

    private InstallPlan Plan(InstallState install, InstallableVersion target, UpgradeDecision decision, Actor actor)
    {
        // What an admin has asked for goes before what following would ask for: this version for a share of the users, or a newer one.
        var pending = install.Pending;
        if (decision.IsReady && (pending?.VersionId != target.VersionId || pending.Percent is null))
        {
            return new InstallPlan(install.MoveTo(target, decision.Grants, decision.Config), "install.upgrade");
        }

        return pending is null || OfferedVersions.IsNewer(target.Manifest.Version, pending.Version)
            ? new InstallPlan(install.WaitFor(target, null, time.GetDatabaseNow(), actor.Name), "install.upgrade.pending")
            : new InstallPlan(install, "install.upgrade");
    }

    /// <summary>The versions of one extension; each is verified once, however many installs follow.</summary>
    private sealed class Targets(InstallableVersions installable, string name, OfferedVersions offered)
    {
        private readonly Dictionary<string, Outcome<InstallableVersion>> found = new(StringComparer.Ordinal);

        public string Name => name;

        public OfferedVersions Offered => offered;

        public async Task<Outcome<InstallableVersion>> FindAsync(string version, CancellationToken cancellationToken)
        {
            if (found.TryGetValue(version, out var known)) return known;
            return found[version] = await installable.FindAsync(name, version, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>What following did.</summary>
public sealed record FollowReport
{
    /// <summary>The extension; null when none waited.</summary>
    public string? Extension { get; init; }

    /// <summary>Installs that run a newer version now.</summary>
    public int Moved { get; init; }

    /// <summary>Installs for which a newer version waits for an admin now.</summary>
    public int Pending { get; init; }

    /// <summary>Installs that had nowhere to go.</summary>
    public int Unchanged { get; init; }

    /// <summary>Whether more installs wait: call again at once.</summary>
    public bool More { get; init; }

    internal FollowReport With(InstallWrite write) =>
        !write.Changed ? this with { Unchanged = Unchanged + 1 }
        : write.Install.VersionId != write.Before?.VersionId ? this with { Moved = Moved + 1 }
        : this with { Pending = Pending + 1 };
}
