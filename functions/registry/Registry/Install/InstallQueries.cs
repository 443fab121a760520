using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Views;
using Alga.Extensions.Registry.Paging;

namespace Alga.Extensions.Registry.Install;

/// <summary>Reads a tenant's installs.</summary>
public sealed class InstallQueries(TenantDatabase database, InstallViews views, TimeProvider time)
{
    /// <summary>Installs by name, without settings.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="uninstalled">Those that are uninstalled and can be restored, or those that are not.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Page<InstallView>> ListAsync(Guid tenantId, bool uninstalled, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await database.InTenantAsync(
            tenantId,
            (_, transaction) => InstallStore.ListAsync(transaction, uninstalled, page.After, page.Limit + 1, time.GetDatabaseNow(), cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return await views.ShowAsync(page.Cut(rows, install => install.Name), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One install with its settings, or <c>extension_not_installed</c>.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="name">The extension.</param>
    /// <param name="uninstalled">Whether one that is uninstalled and can be restored is shown too.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<InstallState>> FindAsync(Guid tenantId, string name, bool uninstalled, CancellationToken cancellationToken)
    {
        var install = await database.InTenantAsync(
            tenantId, (_, transaction) => InstallStore.FindAsync(transaction, name, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (install is null || (install.Uninstalled is { } left && (left.IsPurging || left.Until <= time.GetDatabaseNow()))) return Installer.NotInstalled(name);
        if (!uninstalled && InstallRefusals.UnlessInstalled(install) is { } refusal) return refusal;
        return install;
    }
}
