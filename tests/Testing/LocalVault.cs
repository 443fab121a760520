using System.Globalization;
using Alga.Extensions.Secrets;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Azure.Security.KeyVault.Secrets;

namespace Alga.Extensions.Testing;

/// <summary>The local platform's key vault as a process of its own, for tests of programs that talk to one over https.</summary>
public sealed class LocalVault : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alga-vault-");
    private readonly int port = LoopbackPort.PickFree();
    private readonly DotnetService service;

    private LocalVault() => service = new DotnetService(new DotnetServiceOptions
    {
        Name = "keyvault",
        Assembly = BuiltProgram.Find("local/KeyVault", "KeyVault"),
        Port = port,
        ReadyUrl = new Uri(Url + "/secrets"),
        ReadyStatuses = [401],
        ReadThumbprint = () => File.Exists(Path.Combine(folder.FullName, "thumbprint")) ? Read("thumbprint") : null,
        LogFile = Path.Combine(folder.FullName, "log"),
        Environment = new Dictionary<string, string?> { ["KEY_VAULT_PORT"] = port.ToString(CultureInfo.InvariantCulture), ["KEY_VAULT_STATE"] = folder.FullName },
    });

    /// <summary>What a program reads to find and to trust this vault.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["KEY_VAULT_URL"] = Url,
        ["KEY_VAULT_DEV_THUMBPRINT"] = Read("thumbprint"),
        ["KEY_VAULT_DEV_TOKEN"] = Read("token"),
    };

    /// <summary>Stores a secret as it is.</summary>
    public Task SetAsync(string name, string value) => Client.SetSecretAsync(name, value);

    /// <summary>A secret's identifier.</summary>
    public string UrlOf(string name) => $"{Url}/secrets/{name}";

    private SecretClient Client => SecretVault.CreateClient(new SecretVaultOptions(new Uri(Url), Read("thumbprint"), Read("token")));

    private string Url => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}");

    /// <summary>Starts it with these secrets, which are stored in base64.</summary>
    public static async Task<LocalVault> StartAsync(params (string Name, byte[] Value)[] secrets)
    {
        var vault = new LocalVault();
        await vault.service.StartAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var (name, value) in secrets) await vault.SetAsync(name, Convert.ToBase64String(value)).ConfigureAwait(false);
        return vault;
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync().ConfigureAwait(false);
        folder.Delete(recursive: true);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(folder.FullName, file));
}
