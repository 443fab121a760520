using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.KeyVault;

/// <summary>Settings of the development vault.</summary>
/// <param name="Port">Loopback port, <c>KEY_VAULT_PORT</c>.</param>
/// <param name="StateFolder">Folder of certificate and secrets, <c>KEY_VAULT_STATE</c>.</param>
public sealed record VaultOptions(int Port, string StateFolder)
{
    public string Url => $"https://127.0.0.1:{Port}";

    public static VaultOptions Read(IConfiguration configuration, ConfigurationFaults faults) => new(
        faults.Integer("KEY_VAULT_PORT", configuration["KEY_VAULT_PORT"], 7074, 1, 65535),
        faults.Required("KEY_VAULT_STATE", configuration["KEY_VAULT_STATE"], "the folder where certificate and secrets are kept"));
}
