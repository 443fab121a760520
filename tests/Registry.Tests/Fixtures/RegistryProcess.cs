using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;
using Alga.Extensions.Testing.S3;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>The registry's own program in a process of its own, on a real database and a blob store that outlive it.</summary>
public sealed class RegistryProcess : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();
    private readonly AzuriteFixture azurite = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alga-registry-process-");
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(3) };
    private TestIssuer issuer = null!;
    private S3Server s3 = null!;
    private TestDatabase database = null!;
    private DotnetService? service;
    private string url = "";
    private int names;

    internal SigningKey Key { get; } = SigningKey.Create();

    internal string Developer => issuer.Token("dev", null, ["publisher"], "acme");

    internal string Operator => issuer.Token("op", null, ["operator"]);

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await azurite.InitializeAsync();
        issuer = await TestIssuer.StartAsync();
        s3 = await S3Server.StartAsync();
        database = await postgres.CreateDatabaseAsync();
    }

    public async Task DisposeAsync()
    {
        if (service is not null) await service.DisposeAsync();
        client.Dispose();
        await issuer.DisposeAsync();
        await s3.DisposeAsync();
        Key.Dispose();
        folder.Delete(recursive: true);
    }

    internal string NewName() => $"com.acme.killed{Interlocked.Increment(ref names)}";

    /// <summary>The same store as the program's, from outside.</summary>
    internal IBundleStore OpenStore(BundleStoreProvider provider) => new ServiceCollection()
        .AddBundleStore(new BundleStoreOptions { Provider = provider, Connection = Connection(provider) })
        .BuildServiceProvider().GetRequiredService<IBundleStore>();

    /// <summary>Starts the program, after ending the one that runs.</summary>
    /// <param name="provider">Where its bundles are.</param>
    /// <param name="killAt">Where in which publish it is killed; null for nowhere.</param>
    internal async Task StartAsync(BundleStoreProvider provider, (PublishStep Step, string Target)? killAt = null)
    {
        if (service is not null) await service.DisposeAsync();
        var port = LoopbackPort.PickFree();
        url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        service = new DotnetService(new DotnetServiceOptions
        {
            Name = "registry",
            Assembly = Built("functions/registry/Registry.Functions", "Registry.Functions"),
            Port = port,
            ReadyUrl = new Uri(url + "/api/health"),
            LogFile = Path.Combine(folder.FullName, "log"),
            Environment = new Dictionary<string, string?>
            {
                ["ALGA_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = url,
                ["DATABASE_URL"] = database.Registry,
                ["BUNDLE_STORE_PROVIDER"] = provider == BundleStoreProvider.S3 ? "s3" : "azure",
                ["BUNDLE_STORE_CONNECTION"] = Connection(provider),
                ["SIGNING_TRUST_BUNDLE"] = Key.ToTrustEntry("acme"),
                ["AUTH_ISSUERS"] = issuer.Url,
                // Asked for secrets of installs only.
                ["KEY_VAULT_URL"] = "https://vault.invalid/",
                ["DOTNET_STARTUP_HOOKS"] = Built("tests/FaultHook", "FaultHook"),
                ["ALGA_TEST_KILL_AT"] = killAt is var (step, target) ? $"{step} {target}" : null,
            },
        });
        await service.StartAsync(CancellationToken.None);
    }

    /// <summary>How the program ended.</summary>
    internal Task<string> WaitForExitAsync() => service!.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

    internal async Task<RegistryAnswer> SendAsync(HttpMethod method, string path, string token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        return await RegistryAnswer.ReadAsync(response);
    }

    internal async Task RegisterAsync(string name) =>
        (await SendAsync(HttpMethod.Post, "/api/registry/extensions", Developer, JsonContent.Create(new { name, publisher = "acme" }))).Is(201);

    internal Task<RegistryAnswer> PublishAsync(TestBundle bundle) => SendAsync(
        HttpMethod.Put,
        $"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}",
        Developer,
        new MultipartFormDataContent { { new ByteArrayContent(bundle.Sign(Key)), "envelope" }, { new ByteArrayContent(bundle.Bytes), "bundle" } });

    internal Task<RegistryAnswer> GetVersionAsync(TestBundle bundle) =>
        SendAsync(HttpMethod.Get, $"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}", Developer);

    /// <summary>A connection of the database's owner, who sees everything.</summary>
    internal async Task<NpgsqlConnection> OpenOwnerAsync()
    {
        var connection = new NpgsqlConnection(database.Owner);
        await connection.OpenAsync();
        return connection;
    }

    private string Connection(BundleStoreProvider provider) =>
        provider == BundleStoreProvider.S3 ? S3Server.ConnectionString(s3.Url) : azurite.ConnectionString;

    /// <summary>This test lies in <c>.../bin/{configuration}/{framework}/</c>, and so does every program.</summary>
    private static string Built(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(RepositoryRoot.Find(), project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
