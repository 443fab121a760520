using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Upgrade;

namespace Alga.Extensions.Registry.Install.Rollout;

/// <summary>A new version that a share of the users gets: widened, promoted to all, or ended. The upgrade starts it.</summary>
public sealed class Rollouts(InstallWrites writes, InstallableVersions installable)
{
    /// <summary>Sets the share of users, 0 to 100.</summary>
    public async Task<Outcome<InstallWrite>> SetPercentAsync(
        Guid tenantId, Actor actor, string name, RolloutRequest request, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (request.Percent is < 0 or > 100) return Upgrader.PercentRefusal;
        return await ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            (install, rollout) => Task.FromResult<Outcome<InstallPlan>>(new InstallPlan(
                rollout.Percent == request.Percent ? install : install with { Rollout = rollout with { Percent = request.Percent } },
                "install.rollout.percent")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the candidate to all users.</summary>
    public Task<Outcome<InstallWrite>> PromoteAsync(Guid tenantId, Actor actor, string name, IfMatch ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            async (install, rollout) =>
            {
                var found = await installable.FindAsync(name, rollout.Version, cancellationToken).ConfigureAwait(false);
                if (!found.TryGet(out var target, out var refusal)) return refusal;
                if (target.UnlessFit(install.VersionId) is { } yanked) return yanked;
                return new InstallPlan(install.MoveTo(target, install.Grants.Within(target.Asked), install.Config!.Value), "install.rollout.promote");
            },
            cancellationToken);

    /// <summary>Gives the version that runs to all users again.</summary>
    public Task<Outcome<InstallWrite>> AbortAsync(Guid tenantId, Actor actor, string name, IfMatch ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            (install, _) => Task.FromResult<Outcome<InstallPlan>>(new InstallPlan(install.EndRollout(), "install.rollout.abort")),
            cancellationToken);

    private Task<Outcome<InstallWrite>> ChangeAsync(
        Guid tenantId,
        Actor actor,
        string name,
        IfMatch ifMatch,
        Func<InstallState, CandidateVersion, Task<Outcome<InstallPlan>>> plan,
        CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            async install => install.Rollout is { } rollout
                ? await plan(install, rollout).ConfigureAwait(false)
                : new Refusal(ErrorCode.Conflict, $"No rollout of {name} is under way; start one with POST /api/tenant/installs/{name}/upgrade and percent."),
            cancellationToken);
}
