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
        Own("registry", Programs.Registry, Ports.Registry, "/api/health", With(Users(), Bundles(azurite, "registry"), vault.Environment, Metrics(Ports.RegistryMetrics), new()
        {
            ["DATABASE_URL"] = database.For(ApplicationRole.Registry, Between("registry", "postgres")),
            ["ASPNETCORE_URLS"] = RegistryUrl,
        }));

    /// <param name="database">Where it reads installs.</param>
    /// <param name="eventQueue">Wakes dispatchers of events; null leaves it to their polling.</param>
    /// <param name="vault">Holds its keys.</param>
    public IReadOnlyList<DotnetService> Gateways(DatabaseAccess database, string? eventQueue, VaultAccess vault) => options.Two
        ? [Gateway(database, eventQueue, vault), Gateway("gateway-2", Ports.SecondGateway, database, eventQueue, vault)]
        : [Gateway(database, eventQueue, vault)];

    /// <summary>The gateway, or the first of two.</summary>
    public DotnetService Gateway(DatabaseAccess database, string? eventQueue, VaultAccess vault) =>
        Gateway("gateway", Ports.Gateway, database, eventQueue, vault);

    public IReadOnlyList<DotnetService> Runners(DatabaseAccess database, AzuriteServer azurite, VaultAccess vault) => options.Two
        ? [Runner("runner", Ports.Runner, state.RunnerCache, database, azurite, vault), Runner("runner-2", Ports.SecondRunner, state.SecondRunnerCache, database, azurite, vault)]
        : [Runner("runner", Ports.Runner, state.RunnerCache, database, azurite, vault)];

    private DotnetService Gateway(string name, int port, DatabaseAccess database, string? eventQueue, VaultAccess vault) =>
        Own(name, Programs.Gateway, port, "/api/health", With(Users(), vault.Environment, port == Ports.Gateway ? Metrics(Ports.GatewayMetrics) : [], new()
        {
            ["DATABASE_URL"] = database.For(ApplicationRole.Gateway, Between("gateway", "postgres")),
            ["RUNNER_BASE_URL"] = Between("gateway", "runner") is { } between ? Url(between) : RunnerUrl,
            ["RUNNER_PUBLIC_BASE"] = RunnerUrl,
            ["EVENT_QUEUE_CONNECTION"] = eventQueue,
            ["SIGNING_TRUST_BUNDLE"] = state.TrustBundle,
            ["ASPNETCORE_URLS"] = Url(port),
        }));

    private DotnetService Runner(string name, int port, string cache, DatabaseAccess database, AzuriteServer azurite, VaultAccess vault) =>
        Own(name, Programs.Runner, port, "/readyz", With(Bundles(azurite, "runner"), vault.Environment, new()
        {
            ["DATABASE_URL"] = database.For(ApplicationRole.Runner, Between("runner", "postgres")),
            ["EXT_CACHE_ROOT"] = cache,
            ["RUNNER_URLS"] = Url(port),
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
        parts.SelectMany(part => part).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Last().Value);

    private Dictionary<string, string?> SettingsOf(string part) =>
        options.Settings.Where(setting => setting.Part == part).GroupBy(setting => setting.Name).ToDictionary(same => same.Key, same => (string?)same.Last().Value);

    private Dictionary<string, string?> Metrics(int port) => options.Observe ? new() { ["EXT_METRICS_URL"] = Url(port) } : [];

    private Dictionary<string, string?> Users() => new() { ["AUTH_ISSUERS"] = IssuerUrl, ["AUTH_AUDIENCE"] = Audience };

    private int? Between(string from, string to) => options.Detours.LastOrDefault(detour => detour.From == from && detour.To == to)?.Port;

    private Dictionary<string, string?> Bundles(AzuriteServer azurite, string part) => new()
    {
        ["BUNDLE_STORE_PROVIDER"] = "azure",
        ["BUNDLE_STORE_CONNECTION"] = azurite.ConnectionStringBy(Between(part, "blobs") ?? Ports.Blob),
        ["SIGNING_TRUST_BUNDLE"] = state.TrustBundle,
    };

    private DotnetService Own(string name, string assembly, int port, string readyPath, Dictionary<string, string?> environment) => new(new DotnetServiceOptions
    {
        Name = name,
        Assembly = assembly,
        Port = port,
        ReadyUrl = new Uri(Url(port) + readyPath),
        LogFile = state.Log(name),
        Environment = With(environment, new() { ["ALGA_ENVIRONMENT"] = "Development" }, SettingsOf(name)),
    });
}
