using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Paging;

namespace Alga.Extensions.Registry.Install;

/// <summary>Reads a tenant's installs.</summary>
public sealed class InstallQueries(TenantDatabase database)
{
    /// <summary>Installs by name, without settings.</summary>
    public async Task<Page<InstallView>> ListAsync(Guid tenantId, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await database.InTenantAsync(
            tenantId,
            (_, transaction) => InstallStore.ListAsync(transaction, page.After, page.Limit + 1, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return page.Cut(rows, install => install.Name);
    }

    /// <summary>One install with its settings, or <c>extension_not_installed</c>.</summary>
    public async Task<Outcome<InstallView>> FindAsync(Guid tenantId, string name, CancellationToken cancellationToken)
    {
        var install = await database.InTenantAsync(
            tenantId, (_, transaction) => InstallStore.FindAsync(transaction, name, cancellationToken), cancellationToken).ConfigureAwait(false);
        return install is not null ? install : Installer.NotInstalled(name);
    }
}
