using System.Globalization;
using System.Security.Cryptography;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>The runner as a process of its own, on a real database, bundle store and vault, as it is deployed.</summary>
public sealed class RunnerProcess : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();
    private readonly AzuriteFixture azurite = new();
    private readonly string root = Directory.CreateTempSubdirectory("runner-process-").FullName;
    private readonly byte[] tokenKey = RandomNumberGenerator.GetBytes(32);
    private readonly Publisher publisher = new(new MemoryBundleStore());
    private readonly int vaultPort = LoopbackPort.PickFree();
    private DotnetService vault = null!;

    public int Port { get; } = LoopbackPort.PickFree();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public TestDatabase Database { get; private set; } = null!;

    public ServiceTokenIssuer Tokens => new(new ServiceTokenKey(tokenKey), TimeProvider.System);

    private string VaultState => Path.Combine(root, "vault");

    private string VaultUrl => $"https://127.0.0.1:{vaultPort}";

    private string Thumbprint => File.ReadAllText(Path.Combine(VaultState, "thumbprint"));

    private string VaultToken => File.ReadAllText(Path.Combine(VaultState, "token"));

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await azurite.InitializeAsync();
        Database = await postgres.CreateDatabaseAsync();
        await File.WriteAllTextAsync(Path.Combine(root, "trust.pem"), publisher.Key.ToTrustEntry(Publisher.Name));
        vault = new DotnetService(new DotnetServiceOptions
        {
            Name = "keyvault",
            Assembly = Program("local/KeyVault", "KeyVault"),
            Port = vaultPort,
            ReadyUrl = new Uri(VaultUrl + "/secrets"),
            ReadyStatuses = [401],
            ReadThumbprint = () => File.Exists(Path.Combine(VaultState, "thumbprint")) ? Thumbprint : null,
            LogFile = Path.Combine(root, "vault.log"),
            Environment = new Dictionary<string, string?> { ["KEY_VAULT_PORT"] = Text(vaultPort), ["KEY_VAULT_STATE"] = VaultState },
        });
        await vault.StartAsync(CancellationToken.None);
        var client = SecretVault.CreateClient(new SecretVaultOptions(new Uri(VaultUrl), Thumbprint, VaultToken));
        await client.SetSecretAsync(ServiceTokenKey.SecretName, Convert.ToBase64String(tokenKey));
        await client.SetSecretAsync(PlatformKeys.CompiledCodeSecret, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public async Task DisposeAsync()
    {
        await vault.DisposeAsync();
        publisher.Dispose();
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Signs a component and puts it into the bundle store.</summary>
    public async Task<ContentHash> PublishAsync(byte[] wasm)
    {
        var memory = new MemoryBundleStore();
        using var signing = new Publisher(memory, publisher.Key);
        var hash = await signing.PublishAsync(wasm);
        await using var services = new ServiceCollection().AddBundleStore(new BundleStoreOptions { Connection = azurite.ConnectionString }).BuildServiceProvider();
        var store = services.GetRequiredService<IBundleStore>();
        foreach (var name in new[] { BundleBlobNames.Bundle(hash), BundleBlobNames.Envelope(hash) })
        {
            using var content = new MemoryStream(memory[name]);
            await store.CreateAsync(name, content, "application/octet-stream", CancellationToken.None);
        }

        return hash;
    }

    /// <summary>Starts the runner and waits until it is ready.</summary>
    public async Task<DotnetService> StartAsync(Dictionary<string, string?> settings)
    {
        var runner = new DotnetService(new DotnetServiceOptions
        {
            Name = "runner",
            Assembly = Program("runner-container/Runner.Http", "Runner.Http"),
            Port = Port,
            ReadyUrl = new Uri(Address, "/readyz"),
            LogFile = Path.Combine(root, "runner.log"),
            Environment = new Dictionary<string, string?>(settings)
            {
                ["ALGA_ENVIRONMENT"] = "Development",
                ["RUNNER_URLS"] = Address.ToString(),
                ["DATABASE_URL"] = Database.Runner,
                ["BUNDLE_STORE_CONNECTION"] = azurite.ConnectionString,
                ["SIGNING_TRUST_BUNDLE"] = Path.Combine(root, "trust.pem"),
                ["KEY_VAULT_URL"] = VaultUrl,
                ["KEY_VAULT_DEV_THUMBPRINT"] = Thumbprint,
                ["KEY_VAULT_DEV_TOKEN"] = VaultToken,
                ["EXT_CACHE_ROOT"] = Path.Combine(root, "cache"),
            },
        });
        await runner.StartAsync(CancellationToken.None);
        return runner;
    }

    // This test lies in .../bin/{configuration}/{framework}/, and so do the programs.
    private static string Program(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(RepositoryRoot.Find(), project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
