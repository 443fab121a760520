using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.Gateway.Functions;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.LocalFunctions;
using Alga.Extensions.Secrets;
using Alga.Extensions.Signing;
using Alga.Extensions.Telemetry;
using Alga.Extensions.Testing;
using Alga.Extensions.TrustedIndexes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>The gateway function app on the local host, with a real database and a fake runner.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    public const string Extension = "com.acme.reports";
    public const string DisabledExtension = "com.acme.disabled";
    public static readonly Guid Acme = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");
    public static readonly Guid Globex = Guid.Parse("01936b2e-0000-7000-8000-0000000910be");
    public static readonly Guid AcmeInstall = Guid.Parse("01936b2e-0000-7000-8000-000000000001");
    public static readonly Guid VersionId = Guid.Parse("01936b2e-0000-7000-8000-0000000000f1");
    public static readonly string Hash = "sha256:" + new string('a', 64);

    private const string Manifest =
        """
        {
          "manifestVersion": 2, "name": "com.acme.reports", "publisher": "com.acme", "version": "1.2.3",
          "displayName": "Reports", "description": "", "runtime": "wasm-component@2", "entry": "dist/main.wasm",
          "capabilities": ["storage.kv", "http.fetch", "secrets.get"], "storage": { "namespaces": ["main"] },
          "egress": ["api.example.com", "*.example.org"],
          "secrets": [{ "name": "api-key", "description": "Key of the API", "maxAgeDays": 90 }, { "name": "other", "description": "Another" }],
          "limits": { "memoryMb": 32 },
          "ui": { "type": "iframe", "entry": "ui/index.html", "hooks": { "appMenu": { "label": "Reports" } } },
          "api": { "endpoints": [
            { "method": "GET", "path": "/reports/:id" },
            { "method": "POST", "path": "/reports", "maxBodyBytes": 1000, "timeoutMs": 100 },
            { "method": "PUT", "path": "/large" },
            { "method": "DELETE", "path": "/reports/:id", "roles": ["tenant_admin"] },
            { "method": "GET", "path": "/files/*rest" }
          ] }
        }
        """;

    private readonly PostgresFixture postgres = new();
    private TestDatabase seeded = null!;
    private WebApplication app = null!;
    private string databaseUrl = "";

    public HttpClient Client { get; private set; } = null!;

    public FakeRunner Runner { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    /// <summary>Connection string of the database's owner, for what a test changes behind the gateway.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Connection string with the runner's rights, for what runners write.</summary>
    public string RunnerDatabase => seeded.Runner;

    /// <summary>Signs the index of <see cref="Extension"/>.</summary>
    public TestRegistry Registry { get; } = new("com.acme", Extension);

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        var database = await postgres.CreateDatabaseAsync();
        Owner = database.Owner;
        await SeedAsync(database.Owner);
        seeded = database;
        Registry.Versions.Add(new IndexedVersion("1.2.3", new string('a', 64), VersionState.Ok, new string('b', 64), TimeProvider.System.GetUtcNow()));
        await PublishIndexAsync();
        Runner = await FakeRunner.StartAsync();
        databaseUrl = database.Gateway;
        app = Build(database.Gateway, Runner.Url);
        await app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Runner.DisposeAsync();
        await postgres.DisposeAsync();
        Registry.Dispose();
    }

    /// <summary>Signs the next index as the registry does.</summary>
    public Task PublishIndexAsync() => Registry.PublishIndexAsync(seeded.Owner, TimeProvider.System.GetUtcNow());

    /// <summary>A gateway of its own, for a test that needs another runner.</summary>
    public WebApplication BuildWithRunner(Uri runner, TimeSpan hold = default) => Build(databaseUrl, runner, options => options with { Hold = hold });

    /// <summary>A gateway that also delivers events by itself.</summary>
    public WebApplication BuildWithDispatcher() => Build(databaseUrl, Runner.Url, more: services => services.AddEventDispatcher());

    /// <summary>A gateway that sends wake-ups to a queue.</summary>
    public WebApplication BuildWithQueue(string connection) => Build(databaseUrl, Runner.Url, options => options with { EventQueue = connection });

    /// <summary>A gateway that pages of some origins may call.</summary>
    public WebApplication BuildWithOrigins(params string[] origins) => Build(databaseUrl, Runner.Url, options => options with { CorsOrigins = origins });

    /// <summary>A gateway whose database is elsewhere, such as behind something that a test can cut.</summary>
    public WebApplication BuildWithDatabase(string address, int port) =>
        Build(new NpgsqlConnectionStringBuilder(databaseUrl) { Host = address, Port = port, Timeout = 5 }.ConnectionString, Runner.Url);

    /// <summary>A gateway with something of its own in the place of what it would have.</summary>
    public WebApplication BuildWith(Uri runner, Action<IServiceCollection> more) => Build(databaseUrl, runner, more: more);

    private WebApplication Build(string database, Uri runner, Func<GatewayOptions, GatewayOptions>? change = null, Action<IServiceCollection>? more = null)
    {
        var builder = LocalHost.CreateBuilder(typeof(ExtensionFunctions).Assembly, AppContext.BaseDirectory, "--urls=http://127.0.0.1:0");
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        var options = new GatewayOptions(
            runner,
            // Long enough for a busy machine; a test waits it out once.
            TimeSpan.FromSeconds(3),
            database,
            new AuthenticationOptions(["https://issuer.invalid"], "test"),
            new SecretVaultOptions(new Uri("https://vault.invalid/"), null))
        {
            Indexes = new TrustedIndexOptions { Trust = Trust(), IsRequired = false },
            RunnerPublicBase = "https://{hash}.ext.example.com",
        };
        builder.Services.AddGateway(change?.Invoke(options) ?? options);
        builder.Services.AddPlatformTelemetry(builder.Configuration, "gateway");
        builder.Services.AddSingleton<ICallerAuthenticator>(new NamedCallers());
        builder.Services.AddSingleton<ServiceTokenKeySource>(_ => new ValueTask<byte[]>(FakeRunner.Key));
        more?.Invoke(builder.Services);
        return (WebApplication)builder.Build();
    }

    private TrustBundle Trust()
    {
        Assert.True(TrustBundle.Parse(Registry.TrustEntry).TryGet(out var trust, out var refusal), refusal?.Message);
        return trust;
    }

    private static async Task SeedAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.ExecuteAsync(
            """
            insert into publisher values ('com.acme', 'Acme', now());
            insert into extension_registry (extension_id, publisher_id, display_name, created_at)
              values (@Extension, 'com.acme', 'Reports', now()), (@DisabledExtension, 'com.acme', 'Disabled', now());
            insert into extension_bundle (content_hash, size_bytes, created_at) values (@Hash, 1, now());
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              values (@VersionId, @Extension, '1.2.3', @Hash, @Manifest::json, 'test', now()),
                     (@DisabledVersionId, @DisabledExtension, '1.0.0', @Hash, @Manifest::json, 'test', now());
            insert into tenant_extension_install
              (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
              values (@Acme, @AcmeInstall, @Extension, @VersionId, 'enabled', array['http.fetch', 'metrics.emit', 'secrets.get', 'storage.kv'], array['*.example.org', 'gone.example.com'], 'test', now(), now()),
                     (@Acme, gen_random_uuid(), @DisabledExtension, @DisabledVersionId, 'disabled', '{}', '{}', 'test', now(), now());
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at)
              values (@Acme, @AcmeInstall, '{"greeting":"hi","depth":3}', now());
            """,
            new { Extension, DisabledExtension, Hash, VersionId, DisabledVersionId = Guid.Parse("01936b2e-0000-7000-8000-0000000000f2"), Manifest, Acme, AcmeInstall });
    }

    /// <summary>Knows callers by a word in place of a token; the real tokens have tests of their own.</summary>
    private sealed class NamedCallers : ICallerAuthenticator
    {
        public ValueTask<Outcome<Caller>> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken) =>
            new(request.Headers.Authorization.ToString() switch
            {
                "Bearer ada" => new Caller("ada", Acme, "ada@acme.example", "Ada", ["tenant_admin", "tenant_user"], [], "i"),
                "Bearer other-ada" => new Caller("ada", Acme, "ada@elsewhere.example", "Another Ada", ["tenant_user"], [], "j"),
                "Bearer grace" => new Caller("grace", Acme, "grace@acme.example", "Grace", ["tenant_user"], [], "i"),
                "Bearer linus" => new Caller("linus", Globex, "linus@globex.example", "Linus", ["tenant_admin"], [], "i"),
                "Bearer globex-ada" => new Caller("ada", Globex, "ada@globex.example", "Ada", ["tenant_user"], [], "i"),
                "Bearer globex-user" => new Caller("grace", Globex, "grace@globex.example", "Grace", ["tenant_user"], [], "i"),
                "Bearer globex-host" => new Caller("host", Globex, "", "", ["host"], [], "i"),
                "Bearer host" => new Caller("host", Acme, "", "", ["host"], [], "i"),
                "Bearer dev" => new Caller("dev", null, "", "", [], ["com.acme"], "i"),
                { } other when other.StartsWith("Bearer user-", StringComparison.Ordinal) => new Caller(other["Bearer ".Length..], Acme, "", "", ["tenant_user"], [], "i"),
                _ => new Refusal(ErrorCode.Unauthenticated, "No."),
            });
    }
}
