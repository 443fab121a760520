using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;

namespace Alga.Extensions.Registry.Install.Uninstall;

/// <summary>Takes an install out of service and brings it back. What belongs to it is kept for a while, and purged then.</summary>
public sealed class Uninstaller(InstallWrites writes, InstallableVersions versions, TimeProvider time)
{
    /// <summary>How long settings, grants, secrets and stored data of an uninstalled extension are kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>Uninstalls: calls end, a rollout and a pending upgrade end with it.</summary>
    public Task<Outcome<InstallWrite>> RemoveAsync(Guid tenantId, Actor actor, string name, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            install =>
            {
                var now = time.GetDatabaseNow();
                return Task.FromResult<Outcome<InstallPlan>>(new InstallPlan(
                    install with
                    {
                        Status = InstallStatus.Uninstalled,
                        Uninstalled = new Uninstalled(now, now + Retention, install.Status, IsPurging: false),
                        Rollout = null,
                        Pending = null,
                        Grants = install.Grants.Within(install.Asked),
                    },
                    "install.remove"));
            },
            cancellationToken);

    /// <summary>Restores an install with everything it had; one that is installed stays as it is.</summary>
    public Task<Outcome<InstallWrite>> RestoreAsync(Guid tenantId, Actor actor, string name, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.RunAsync(
            tenantId,
            actor,
            name,
            seen => seen is null || IsOver(seen) ? Installer.NotInstalled(name) : ifMatch.Check(seen),
            async seen =>
            {
                if (seen!.Uninstalled is not { } uninstalled) return new InstallPlan(seen, "install.restore");
                var found = await versions.FindAsync(name, seen.Version, cancellationToken).ConfigureAwait(false);
                if (!found.TryGet(out _, out var refusal)) return refusal;
                return new InstallPlan(seen with { Status = uninstalled.StatusBefore, Uninstalled = null }, "install.restore");
            },
            cancellationToken);

    /// <summary>Whether the time to restore is over, be it purged already or not.</summary>
    private bool IsOver(InstallState install) => install.Uninstalled is { } uninstalled && (uninstalled.IsPurging || uninstalled.Until <= time.GetUtcNow().UtcDateTime);
}
