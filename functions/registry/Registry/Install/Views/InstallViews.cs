using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Upgrade;
using Alga.Extensions.Registry.Install.Versions;
using Alga.Extensions.Registry.Paging;

namespace Alga.Extensions.Registry.Install.Views;

/// <summary>Shows installs: what is stored, and what follows from the versions that are published.</summary>
public sealed class InstallViews(VersionReader versions)
{
    /// <summary>One install, whole.</summary>
    /// <param name="install">Its state.</param>
    /// <param name="forAdmin">Others see neither settings nor what they are asked to decide.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<InstallView> ShowAsync(InstallState install, bool forAdmin, CancellationToken cancellationToken)
    {
        var offered = await versions.OfferedAsync(install.Name, cancellationToken).ConfigureAwait(false);
        var view = Show(install, offered);
        if (!forAdmin) return view with { Config = null };
        return install.Pending is { } pending ? view with { Pending = await DescribeAsync(install, pending, cancellationToken).ConfigureAwait(false) } : view;
    }

    /// <summary>A page of installs, without settings and differences.</summary>
    public async Task<Page<InstallView>> ShowAsync(Page<InstallState> page, CancellationToken cancellationToken)
    {
        var offered = await versions.OfferedAsync([.. page.Items.Select(install => install.Name)], cancellationToken).ConfigureAwait(false);
        return new Page<InstallView>(
            [.. page.Items.Select(install => Show(install, offered.GetValueOrDefault(install.Name, OfferedVersions.None)))], page.NextCursor);
    }

    private static InstallView Show(InstallState install, OfferedVersions offered)
    {
        var available = offered.NewestFitting(install)?.Number.ToString();
        return new InstallView
        {
            InstallId = install.InstallId,
            Name = install.Name,
            Version = install.Version,
            VersionId = install.VersionId,
            ContentHash = install.ContentHash,
            Status = install.Status,
            UninstalledUntil = install.Uninstalled?.Until,
            Grants = install.Grants,
            Requested = install.Asked,
            Missing = install.Asked.Without(install.Grants),
            Config = install.Config,
            Policy = install.Policy,
            Recording = install.Recording,
            LatestVersion = offered.NewestFor(install)?.Number.ToString(),
            AvailableVersion = available,
            UpdateAvailable = available is not null,
            Pending = install.Pending is { } pending ? Show(pending) : null,
            Rollout = install.Rollout is { } rollout ? new RolloutView(rollout.Version, rollout.VersionId, rollout.ContentHash, rollout.Percent) : null,
            Revision = install.Revision,
            InstalledAt = install.InstalledAt,
            UpdatedAt = install.UpdatedAt,
        };
    }

    private async Task<PendingView> DescribeAsync(InstallState install, PendingVersion pending, CancellationToken cancellationToken)
    {
        var target = await versions.ManifestAsync(pending.VersionId, cancellationToken).ConfigureAwait(false);
        var faults = await ConfigRules.FindFaultsAsync(install.Config!.Value, target.Config, cancellationToken).ConfigureAwait(false);
        return Show(pending) with
        {
            Needed = GrantCarry.To(install.Grants, install.Asked, InstallGrants.AskedBy(target)).Needed,
            Difference = UpgradeDifference.Between(install.Manifest, target, faults),
        };
    }

    private static PendingView Show(PendingVersion pending) => new() { Version = pending.Version, Percent = pending.Percent, Since = pending.Since };
}
