using Alga.Extensions.Database;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Setup;

/// <summary>What a deployment needs before services can start: schema, logins, keys. Each step may be repeated.</summary>
internal static class PlatformSetup
{
    // The runner's; it is the only one that reads it.
    private const string CompiledCodeKey = "alga-compiled-code-key";

    // The registry's; its public half is what everybody else knows of it.
    private const string RegistryKey = "alga-registry-signing-key";

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
        var registryKey = await KeyMaker.EnsureAsync(SecretVault.CreateClient(options.SigningVault), RegistryKey, MakeSigningKey, cancellationToken);
        await output.WriteLineAsync($"Keys: there. The registry's entry for the trust bundle:\n{ToTrustEntry(registryKey)}");
    }

    private static byte[] MakeSigningKey()
    {
        using var key = SigningKey.Create();
        return key.ToPkcs8();
    }

    private static string ToTrustEntry(string secret)
    {
        var pkcs8 = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret, pkcs8, out var length)) throw new InvalidDataException($"{RegistryKey}: The secret is not base64.");
        if (!SigningKey.Read(pkcs8[..length]).TryGet(out var key, out var refusal)) throw new InvalidDataException($"{RegistryKey}: {refusal.Message}");
        using (key) return key.ToRegistryEntry(BundleStatement.DefaultRegistry);
    }
}
