using System.Security.Cryptography;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
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
    private readonly MemoryBundleStore published = new();
    private Publisher publisher = null!;
    private LocalVault vault = null!;

    public int Port { get; } = LoopbackPort.PickFree();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public TestDatabase Database { get; private set; } = null!;

    public ServiceTokenIssuer Tokens => new(new ServiceTokenKey(tokenKey), TimeProvider.System);

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await azurite.InitializeAsync();
        Database = await postgres.CreateDatabaseAsync();
        publisher = new Publisher(published, Database.Owner);
        await publisher.RegisterAsync();
        await File.WriteAllTextAsync(Path.Combine(root, "trust.pem"), publisher.TrustText);
        vault = await LocalVault.StartAsync((ServiceTokenKey.SecretName, tokenKey), (PlatformKeys.CompiledCodeSecret, RandomNumberGenerator.GetBytes(32)));
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
        var hash = await publisher.PublishAsync(wasm);
        await using var services = new ServiceCollection().AddBundleStore(new BundleStoreOptions { Connection = azurite.ConnectionString }).BuildServiceProvider();
        var store = services.GetRequiredService<IBundleStore>();
        foreach (var name in new[] { BundleBlobNames.Bundle(hash), BundleBlobNames.Envelope(hash), BundleBlobNames.Acceptance(hash) })
        {
            using var content = new MemoryStream(published[name]);
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
            Assembly = BuiltProgram.Find("runner-container/Runner.Http", "Runner.Http"),
            Port = Port,
            ReadyUrl = new Uri(Address, "/readyz"),
            LogFile = Path.Combine(root, "runner.log"),
            Environment = new Dictionary<string, string?>(settings.Concat(vault.Settings))
            {
                ["ALGA_ENVIRONMENT"] = "Development",
                ["RUNNER_URLS"] = Address.ToString(),
                ["DATABASE_URL"] = Database.Runner,
                ["BUNDLE_STORE_CONNECTION"] = azurite.ConnectionString,
                ["SIGNING_TRUST_BUNDLE"] = Path.Combine(root, "trust.pem"),
                ["EXT_CACHE_ROOT"] = Path.Combine(root, "cache"),
            },
        });
        await runner.StartAsync(CancellationToken.None);
        return runner;
    }
}
