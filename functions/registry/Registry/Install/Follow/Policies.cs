using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;

namespace Alga.Extensions.Registry.Install.Follow;

/// <summary>Sets which new versions an install moves to by itself, and moves it at once where one is there already.</summary>
public sealed class Policies(InstallWrites writes, InstallFollower follower, TenantDatabase database, TimeProvider time)
{
    /// <summary>Sets the policy. What a former one passed over is forgotten when it changes.</summary>
    public async Task<Outcome<InstallWrite>> SetAsync(
        Guid tenantId, Actor actor, string name, PolicyRequest request, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (!RolloutPolicy.IsKnown(request.Policy)) return Installer.FollowPolicyRefusal;
        var set = await writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            install => Task.FromResult<Outcome<InstallPlan>>(new InstallPlan(
                install.Policy == request.Policy ? install : install with { Policy = request.Policy, PassedOver = null }, "install.policy")),
            cancellationToken).ConfigureAwait(false);
        return set.TryGet(out var write, out var refusal)
            ? await CatchUpAsync(tenantId, actor, write, cancellationToken).ConfigureAwait(false)
            : refusal;
    }

    /// <summary>
    /// Lets following go on after an admin's write. The write stands whatever comes of it: where the newest version cannot be
    /// had now, maintenance asks again.
    /// </summary>
    public async Task<Outcome<InstallWrite>> CatchUpAsync(Guid tenantId, Actor actor, InstallWrite write, CancellationToken cancellationToken)
    {
        var name = write.Install.Name;
        if (write.Install.Policy == RolloutPolicy.Pin) return write;
        var followed = await follower.CatchUpAsync(tenantId, actor, name, cancellationToken).ConfigureAwait(false);
        if (followed.TryGet(out var moved, out _)) return moved.Changed ? moved with { Before = write.Before } : write;
        await database.InPlatformAsync(
            (_, transaction) => FollowQueue.AddAsync(transaction, name, time.GetUtcNow(), cancellationToken), cancellationToken).ConfigureAwait(false);
        return write;
    }
}
