using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Setup;

/// <summary>What to set up.</summary>
internal sealed record SetupOptions
{
    public const string LoginsVariable = "SETUP_LOGINS";
    public const string GatewayVaultVariable = "SETUP_GATEWAY_VAULT_URL";
    public const string SigningVaultVariable = "SETUP_SIGNING_VAULT_URL";

    private const string LoginsExpected = "role=name:objectId pairs separated by commas, such as alga_runner=alga-prod-runner:00000000-0000-0000-0000-000000000000";
    private const string VaultExpected = "the https URL of a vault";

    /// <summary><c>DATABASE_URL</c> of the server's administrator, as Npgsql keywords.</summary>
    public required string Database { get; init; }

    /// <summary><c>SETUP_LOGINS</c>: who gets which role.</summary>
    public required IReadOnlyList<EntraPrincipal> Logins { get; init; }

    /// <summary><c>KEY_VAULT_URL</c>: the vault of registry and runner.</summary>
    public required SecretVaultOptions Vault { get; init; }

    /// <summary><c>SETUP_GATEWAY_VAULT_URL</c>: the vault of gateway and scaler.</summary>
    public required SecretVaultOptions GatewayVault { get; init; }

    /// <summary><c>SETUP_SIGNING_VAULT_URL</c>: the vault of the registry's signing key.</summary>
    public required SecretVaultOptions SigningVault { get; init; }

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="ConfigurationException">Lists every fault.</exception>
    public static SetupOptions Read(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var vault = SecretVaultOptions.Read(configuration, faults);
        var options = new SetupOptions
        {
            Database = DatabaseOptions.Read(configuration, faults),
            Logins = ReadLogins(faults.Required(LoginsVariable, configuration[LoginsVariable], LoginsExpected), faults),
            Vault = vault,
            GatewayVault = vault with { VaultUrl = ReadVault(GatewayVaultVariable, configuration, faults) },
            SigningVault = vault with { VaultUrl = ReadVault(SigningVaultVariable, configuration, faults) },
        };
        faults.ThrowIfAny();
        return options;
    }

    private static Uri ReadVault(string variable, IConfiguration configuration, ConfigurationFaults faults)
    {
        var known = faults.All.Count;
        var url = faults.Url(variable, configuration[variable], VaultExpected);
        if (faults.All.Count == known && url.Scheme != Uri.UriSchemeHttps) faults.Add(variable, $"is not https; write {VaultExpected}");
        return url;
    }

    private static List<EntraPrincipal> ReadLogins(string text, ConfigurationFaults faults)
    {
        List<EntraPrincipal> logins = [];
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=') is [var role, var identity]
                && EntraPrincipal.Roles.Contains(role)
                && identity.Split(':') is [{ Length: > 0 and <= 63 } name, var objectId]
                && Guid.TryParseExact(objectId, "D", out var id))
            {
                logins.Add(new EntraPrincipal(role, name, id));
            }
            else
            {
                faults.Add(LoginsVariable, $"has the entry '{entry}'; write {LoginsExpected}");
            }
        }

        return logins;
    }
}
