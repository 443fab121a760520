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

    /// <summary>
    /// <c>SIGNING_KEY_VAULT_URL</c>: where the registry's signing key is, <see cref="Vault"/> by default. Runners read that one, so in
    /// production the key belongs into a vault that only the registry may read.
    /// </summary>
    public SecretVaultOptions SigningVault { get => field ?? Vault; init; }

    /// <summary><c>SIGNING_INDEX_LIFETIME_HOURS</c>: how long a signed index may be relied on, 1 to 720 hours. Default 168.</summary>
    public TimeSpan IndexLifetime { get; init; } = TimeSpan.FromHours(DefaultIndexLifetimeHours);

    /// <summary><c>REGISTRY_MAINTENANCE_SECONDS</c>: how often maintenance looks for work, 0 to 3,600 s; 0 for never. Default 60.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(DefaultMaintenanceSeconds);

    private const int DefaultIndexLifetimeHours = 168;
    private const int DefaultMaintenanceSeconds = 60;

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
        var signingVault = SecretVaultOptions.ReadOther("SIGNING_KEY_VAULT_URL", vault, configuration, faults);
        const string lifetime = "SIGNING_INDEX_LIFETIME_HOURS";
        var hours = faults.Integer(lifetime, configuration[lifetime], DefaultIndexLifetimeHours, 1, 720);
        const string maintenance = "REGISTRY_MAINTENANCE_SECONDS";
        var seconds = faults.Integer(maintenance, configuration[maintenance], DefaultMaintenanceSeconds, 0, 3_600);
        faults.ThrowIfAny();
        return new RegistryOptions
        {
            Database = database,
            BundleStore = bundleStore,
            Authentication = authentication,
            Trust = trust!,
            Vault = vault,
            SigningVault = signingVault,
            IndexLifetime = TimeSpan.FromHours(hours),
            MaintenanceInterval = TimeSpan.FromSeconds(seconds),
        };
    }
}
