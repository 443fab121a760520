namespace Alga.Extensions.Gateway.Resolve;

/// <summary>Where installs are read from when they are not in memory.</summary>
internal interface IInstallSource
{
    /// <summary>The install by the extension's name or its own id; null when the tenant has none.</summary>
    Task<Install?> FindAsync(Guid tenantId, string nameOrId, CancellationToken cancellationToken);
}
