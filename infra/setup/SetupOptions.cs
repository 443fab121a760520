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

    private const string LoginsExpected = "role=name:objectId pairs separated by commas, such as alga_runner=alga-prod-runner:00000000-0000-0000-0000-000000000000";
    private const string VaultExpected = "the https URL of the gateway's vault";

    /// <summary><c>DATABASE_URL</c> of the server's administrator, as Npgsql keywords.</summary>
    public required string Database { get; init; }

    /// <summary><c>SETUP_LOGINS</c>: who gets which role.</summary>
    public required IReadOnlyList<EntraPrincipal> Logins { get; init; }

    /// <summary><c>KEY_VAULT_URL</c>: the vault of registry and runner.</summary>
    public required SecretVaultOptions Vault { get; init; }

    /// <summary><c>SETUP_GATEWAY_VAULT_URL</c>: the vault of gateway and scaler.</summary>
    public required SecretVaultOptions GatewayVault { get; init; }

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
            GatewayVault = vault with { VaultUrl = faults.Url(GatewayVaultVariable, configuration[GatewayVaultVariable], VaultExpected) },
        };
        if (faults.All.Count == 0 && options.GatewayVault.VaultUrl.Scheme != Uri.UriSchemeHttps) faults.Add(GatewayVaultVariable, $"is not https; write {VaultExpected}");
        faults.ThrowIfAny();
        return options;
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
