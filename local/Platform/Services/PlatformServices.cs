using System.Globalization;
using Alga.Extensions.Database;
using Alga.Extensions.Platform.Options;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Alga.Extensions.Services.Azurite;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Services.Postgres;
using Alga.Extensions.Services.Prometheus;

namespace Alga.Extensions.Platform.Services;

/// <summary>Every process of the platform with its settings, in one place.</summary>
internal sealed class PlatformServices(PlatformOptions options, StateFolder state)
{
    private const string Audience = "alga-extensions";

    public Ports Ports { get; } = new(options.PortBase);

    public string IssuerUrl => Url(Ports.Issuer);

    public string RegistryUrl => Url(Ports.Registry);

    public string GatewayUrl => Url(Ports.Gateway);

    public string RunnerUrl => Url(Ports.Runner);

    public string DemoHostUrl => Url(Ports.DemoHost);

    public string PrometheusUrl => Url(Ports.Prometheus);

    public string AdminUrl => DemoHostUrl + "/admin/";

    public string KeyVaultUrl => $"https://127.0.0.1:{Ports.KeyVault}";

    public PostgresServer Postgres() => new(new PostgresOptions
    {
        RepositoryRoot = Programs.Root,
        StateFolder = state.Root,
        LogFile = state.Log("postgres"),
        Port = Ports.Postgres,
    });

    public AzuriteServer Azurite() => new(new AzuriteOptions
    {
        RepositoryRoot = Programs.Root,
        StateFolder = state.Root,
        LogFile = state.Log("azurite"),
        BlobPort = Ports.Blob,
        QueuePort = Ports.Queue,
    });

    public DotnetService Issuer() => Own("issuer", Programs.Issuer, Ports.Issuer, "/healthz", new()
    {
        ["ISSUER_PORT"] = Text(Ports.Issuer),
        ["ISSUER_STATE"] = state.Issuer,
        ["AUTH_AUDIENCE"] = Audience,
        ["ISSUER_REDIRECT_URIS"] = AdminUrl,
    });

    public DotnetService KeyVault() => new(new DotnetServiceOptions
    {
        Name = "keyvault",
        Assembly = Programs.KeyVault,
        Port = Ports.KeyVault,
        ReadyUrl = new Uri(KeyVaultUrl + "/secrets"),
        ReadyStatuses = [401],
        ReadThumbprint = () => VaultAccess.ReadThumbprint(state),
        LogFile = state.Log("keyvault"),
        Environment = new Dictionary<string, string?> { ["KEY_VAULT_PORT"] = Text(Ports.KeyVault), ["KEY_VAULT_STATE"] = state.KeyVault },
    });

    public DotnetService Registry(DatabaseAccess database, AzuriteServer azurite, VaultAccess vault) =>
        Own("registry", Programs.Registry, Ports.Registry, "/api/health", With(Users(), Bundles(azurite), vault.Environment, Metrics(Ports.RegistryMetrics), new()
        {
            ["DATABASE_URL"] = database.For(ApplicationRole.Registry),
            ["ASPNETCORE_URLS"] = RegistryUrl,
        }));

    /// <param name="database">Where it reads installs.</param>
    /// <param name="eventQueue">Wakes dispatchers of events; null leaves it to their polling.</param>
    /// <param name="vault">Holds its keys.</param>
    public DotnetService Gateway(DatabaseAccess database, string? eventQueue, VaultAccess vault) =>
        Own("gateway", Programs.Gateway, Ports.Gateway, "/api/health", With(Users(), vault.Environment, Metrics(Ports.GatewayMetrics), new()
        {
            ["DATABASE_URL"] = database.For(ApplicationRole.Gateway),
            ["RUNNER_BASE_URL"] = RunnerUrl,
            ["RUNNER_PUBLIC_BASE"] = RunnerUrl,
            ["EVENT_QUEUE_CONNECTION"] = eventQueue,
            ["SIGNING_TRUST_BUNDLE"] = state.TrustBundle,
            ["ASPNETCORE_URLS"] = GatewayUrl,
        }));

    public DotnetService Runner(DatabaseAccess database, AzuriteServer azurite, VaultAccess vault) =>
        Own("runner", Programs.Runner, Ports.Runner, "/readyz", With(Bundles(azurite), vault.Environment, new()
        {
            ["DATABASE_URL"] = database.For(ApplicationRole.Runner),
            ["EXT_CACHE_ROOT"] = state.RunnerCache,
            ["RUNNER_URLS"] = RunnerUrl,
            ["EXT_UI_FRAME_ANCESTORS"] = string.Join(',', [DemoHostUrl, .. options.HostOrigins]),
            // Nothing distributes requests here that would have to notice.
            ["RUNNER_DRAIN_MS"] = "0",
        }));

    public DotnetService DemoHost() => Own("demo-host", Programs.DemoHost, Ports.DemoHost, "/healthz", new()
    {
        ["DEMO_HOST_PORT"] = Text(Ports.DemoHost),
        ["DEMO_HOST_PAGE"] = Programs.DemoHostPage,
        ["DEMO_HOST_CONFIG"] = state.DemoHostConfig,
        ["ADMIN_PAGE"] = Programs.AdminPage,
        ["REGISTRY_URL"] = RegistryUrl,
        ["GATEWAY_URL"] = GatewayUrl,
        ["ISSUER_URL"] = IssuerUrl,
        ["RUNNER_PUBLIC_BASE"] = RunnerUrl,
    });

    public PrometheusServer Prometheus() => new(new PrometheusOptions
    {
        StateFolder = state.Prometheus,
        LogFile = state.Log("prometheus"),
        Port = Ports.Prometheus,
        Rules = Programs.Rules,
        Targets = new Dictionary<string, int>
        {
            ["alga-gateway"] = Ports.GatewayMetrics,
            ["alga-registry"] = Ports.RegistryMetrics,
            ["alga-runner"] = Ports.Runner,
        },
    });

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string?> With(params Dictionary<string, string?>[] parts) =>
        parts.SelectMany(part => part).ToDictionary(pair => pair.Key, pair => pair.Value);

    private Dictionary<string, string?> Metrics(int port) => options.Observe ? new() { ["EXT_METRICS_URL"] = Url(port) } : [];

    private Dictionary<string, string?> Users() => new() { ["AUTH_ISSUERS"] = IssuerUrl, ["AUTH_AUDIENCE"] = Audience };

    private Dictionary<string, string?> Bundles(AzuriteServer azurite) => new()
    {
        ["BUNDLE_STORE_PROVIDER"] = "azure",
        ["BUNDLE_STORE_CONNECTION"] = azurite.ConnectionString,
        ["SIGNING_TRUST_BUNDLE"] = state.TrustBundle,
    };

    private DotnetService Own(string name, string assembly, int port, string readyPath, Dictionary<string, string?> environment) => new(new DotnetServiceOptions
    {
        Name = name,
        Assembly = assembly,
        Port = port,
        ReadyUrl = new Uri(Url(port) + readyPath),
        LogFile = state.Log(name),
        Environment = With(environment, new() { ["ALGA_ENVIRONMENT"] = "Development" }),
    });
}
