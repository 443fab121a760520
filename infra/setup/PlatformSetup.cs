using Alga.Extensions.Database;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;

namespace Alga.Extensions.Setup;

/// <summary>What a deployment needs before services can start: schema, logins, keys. Each step may be repeated.</summary>
internal static class PlatformSetup
{
    // The runner's; it is the only one that reads it.
    private const string CompiledCodeKey = "alga-compiled-code-key";

    // Gateway and runner hold these in common, and have vaults of their own.
    private static readonly string[] SharedKeys = [ServiceTokenKey.SecretName, LoadReportKey.SecretName];

    public static async Task RunAsync(SetupOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var administrator = await EntraLogin.WithTokenAsync(options.Database, cancellationToken);
        var applied = Migrator.Apply(administrator);
        await output.WriteLineAsync(applied.Count == 0 ? "The schema is up to date." : $"Migrations applied: {string.Join(", ", applied)}");

        await EntraPrincipals.EnsureAsync(administrator, options.Logins, cancellationToken);
        await output.WriteLineAsync($"Logins: {string.Join(", ", options.Logins.Select(login => $"{login.Name} as {login.Role}"))}");

        var vault = SecretVault.CreateClient(options.Vault);
        var gatewayVault = SecretVault.CreateClient(options.GatewayVault);
        foreach (var key in SharedKeys)
        {
            await KeyMaker.CopyAsync(gatewayVault, key, await KeyMaker.EnsureAsync(vault, key, cancellationToken), cancellationToken);
        }

        await KeyMaker.EnsureAsync(vault, CompiledCodeKey, cancellationToken);
        await output.WriteLineAsync("Keys: there.");
    }
}
