using Alga.Extensions.Authentication;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
using Alga.Extensions.Secrets;
using Alga.Extensions.Signing;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Registry;

/// <summary>Settings of the registry.</summary>
public sealed record RegistryOptions
{
    /// <summary>Npgsql connection string of a login with the rights of <c>alga_registry</c>.</summary>
    public required string Database { get; init; }

    public required BundleStoreOptions BundleStore { get; init; }

    public required AuthenticationOptions Authentication { get; init; }

    /// <summary>Which key may sign for which publisher.</summary>
    public required TrustBundle Trust { get; init; }

    /// <summary>Where the tenants' keys are, with which the secrets of installs are sealed.</summary>
    public required SecretVaultOptions Vault { get; init; }

    /// <summary>Reads the environment variables; <c>docs/configuration.md</c> lists them.</summary>
    /// <exception cref="ConfigurationException">Lists every fault.</exception>
    public static RegistryOptions Read(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var database = DatabaseOptions.Read(configuration, faults);
        var bundleStore = BundleStoreOptions.Read(configuration, faults);
        var authentication = AuthenticationOptions.Read(configuration, faults);
        var trust = TrustBundleOptions.Read(configuration, faults);
        var vault = SecretVaultOptions.Read(configuration, faults);
        faults.ThrowIfAny();
        return new RegistryOptions { Database = database, BundleStore = bundleStore, Authentication = authentication, Trust = trust!, Vault = vault };
    }
}
