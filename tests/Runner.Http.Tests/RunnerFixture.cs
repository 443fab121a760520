using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.HostApis.Tests;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;
using Alga.Extensions.Testing;
using Alga.Extensions.TrustedIndexes;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NSubstitute;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>A whole runner on a port of its own: real Kestrel, sandbox and PostgreSQL; bundle store and vault in memory.</summary>
public sealed class RunnerFixture : IAsyncLifetime
{
    public static readonly Guid Acme = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");
    public static readonly Guid Globex = Guid.Parse("01936b2e-0000-7000-8000-0000000910be");

    public static readonly Guid InstallId = Guid.Parse("01936b2e-0000-7000-8000-000000000002");

    private readonly PostgresFixture postgres = new();
    private readonly byte[] tokenKey = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] codeKey = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, ContentHash> published = [];
    private int versions;

    internal TestAuthority Authority { get; } = new();

    /// <summary>The key that the vault has for every tenant.</summary>
    public byte[] TenantKey { get; } = RandomNumberGenerator.GetBytes(32);

    internal MemoryBundleStore Store { get; } = new();

    internal Publisher Publisher { get; private set; } = null!;

    public WebApplication App { get; private set; } = null!;

    public HttpClient Client { get; } = new();

    /// <summary>What guests reach by http.fetch.</summary>
    internal TestNetwork Network { get; private set; } = null!;

    /// <summary>Everything that the runner logs.</summary>
    internal LogBook Logs { get; } = new();

    public TestDatabase Database { get; private set; } = null!;

    public string CacheRoot { get; } = Directory.CreateTempSubdirectory("runner-cache-").FullName;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        Database = await postgres.CreateDatabaseAsync();
        Publisher = new Publisher(Store, Database.Owner);
        await Publisher.RegisterAsync();
        Network = new TestNetwork(Authority.Policy);
        App = await StartAsync();
        Client.BaseAddress = AddressOf(App);
        await WaitUntilReadyAsync(Client);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        Publisher.Dispose();
        Authority.Dispose();
        await postgres.DisposeAsync();
        Directory.Delete(CacheRoot, recursive: true);
    }

    /// <summary>Another runner on the same database, store and cache.</summary>
    public async Task<WebApplication> StartAsync(Func<RunnerOptions, RunnerOptions>? change = null, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var options = new RunnerOptions
        {
            Urls = "http://127.0.0.1:0",
            Database = Database.Runner,
            BundleStore = new BundleStoreOptions { Connection = "UseDevelopmentStorage=true" },
            Indexes = new TrustedIndexOptions { Trust = Publisher.Trust, Folder = Path.Combine(CacheRoot, "indexes") },
            Vault = new SecretVaultOptions(new Uri("https://vault.invalid/"), null),
            CacheRoot = CacheRoot,
            SpoolRoot = Path.Combine(CacheRoot, "records"),
            Concurrency = 4,
            QueueTimeoutMs = 30_000,
            DrainMs = 0,
            FrameAncestors = ["https://app.example.com"],
        };
        builder.AddRunner(change?.Invoke(options) ?? options);
        builder.Logging.ClearProviders();
        builder.Services.RemoveAll<IBundleStore>();
        builder.Services.AddSingleton<IBundleStore>(Store);
        builder.Services.RemoveAll<SecretVault>();
        builder.Services.AddSingleton(provider => new SecretVault(CreateVault(), provider.GetRequiredService<TimeProvider>(), NullLogger<SecretVault>.Instance));
        builder.Services.RemoveAll<TenantKeys>();
        builder.Services.AddSingleton(provider => new TenantKeys(CreateVault(), provider.GetRequiredService<TimeProvider>(), NullLogger<TenantKeys>.Instance));
        builder.Services.RemoveAll<IEgressNetwork>();
        builder.Services.AddSingleton<IEgressNetwork>(Network);
        builder.Logging.AddProvider(Logs);
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapRunner();
        await app.StartAsync();
        return app;
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>A client of another runner, once that is ready.</summary>
    public static async Task<HttpClient> ReadyAsync(WebApplication app)
    {
        var client = new HttpClient { BaseAddress = AddressOf(app) };
        await WaitUntilReadyAsync(client);
        return client;
    }

    /// <summary>A request to a guest, by the name of its file.</summary>
    public async Task<ExecuteRequest> RequestAsync(string guest, string path = "/x", byte[]? body = null, Guid? tenant = null)
    {
        if (!published.TryGetValue(guest, out var hash)) published.Add(guest, hash = await Publisher.PublishAsync(Guest.Wasm(guest)));
        return Request(hash, path, body, tenant);
    }

    public static ExecuteRequest Request(ContentHash hash, string path = "/x", byte[]? body = null, Guid? tenant = null, string? version = null) => new()
    {
        Context = new ExecuteContext
        {
            RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            TenantId = tenant ?? Acme,
            ExtensionId = Publisher.Extension,
            InstallId = InstallId,
            VersionId = Guid.Parse("01936b2e-0000-7000-8000-000000000003"),
            Version = version ?? Publisher.VersionOf(hash),
            ContentHash = hash.ToString(),
        },
        Http = new ExecuteHttp { Method = "GET", Path = path, Endpoint = "200", Body = body },
        Limits = new ExecuteLimits { TimeoutMs = 20_000 },
        Providers = ["cap:" + Capability.StorageKv, "cap:" + Capability.MetricsEmit],
    };

    /// <summary>A version that nothing else uses.</summary>
    public string NextVersion() => $"9.0.{Interlocked.Increment(ref versions)}";

    public static byte[] Serialize(ExecuteRequest request) => JsonSerializer.SerializeToUtf8Bytes(request, ExecutionJson.Default.ExecuteRequest);

    public string Token(ExecuteRequest request, byte[] bytes, TimeProvider? time = null) =>
        new ServiceTokenIssuer(new ServiceTokenKey(tokenKey), time ?? TimeProvider.System).Issue(request, bytes);

    public Task<HttpResponseMessage> PostAsync(ExecuteRequest request)
    {
        var bytes = Serialize(request);
        return PostAsync(bytes, Token(request, bytes));
    }

    public async Task<HttpResponseMessage> PostAsync(byte[] bytes, string? token, HttpClient? client = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/execute") { Content = new ByteArrayContent(bytes) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await (client ?? Client).SendAsync(message);
    }

    /// <summary>Runs a guest; it must have been started.</summary>
    public async Task<ExecuteResponse> ExecuteAsync(ExecuteRequest request)
    {
        using var response = await PostAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, ExecutionJson.Default.ExecuteResponse)!;
    }

    /// <summary>The error code of a request that is refused without a guest.</summary>
    public async Task<string> RefuseAsync(ExecuteRequest request)
    {
        using var response = await PostAsync(request);
        return await CodeAsync(response);
    }

    public static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        Assert.False(response.IsSuccessStatusCode);
        var problem = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemJson.Default.ProblemBody)!;
        Assert.Equal((int)response.StatusCode, problem.Status);
        Assert.Equal(response.Headers.GetValues(WireHeaders.RequestId).Single(), problem.RequestId);
        return problem.Code;
    }

    public async Task ExecuteAsOwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes the install of <see cref="Acme"/> where there is none, which is what secrets and recordings belong to.</summary>
    public Task InstallAsync() => ExecuteAsOwnerAsync(
        $$"""
        insert into extension_bundle values ('sha256:{{new string('a', 64)}}', 1, now()) on conflict do nothing;
        insert into extension_version values ('01936b2e-0000-7000-8000-000000000003', '{{Publisher.Extension}}', '1.0.0', 'sha256:{{new string('a', 64)}}', '{}', 'x', now()) on conflict do nothing;
        insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
        values ('{{Acme}}', '{{InstallId}}', '{{Publisher.Extension}}', '01936b2e-0000-7000-8000-000000000003', 'enabled', '{}', '{}', 'x', now(), now()) on conflict do nothing;
        """);

    /// <summary>Stores a secret of that install as the registry does.</summary>
    public async Task StoreSecretAsync(string value, DateTimeOffset? at = null, string name = "api-key")
    {
        var created = DateTimeOffset.FromUnixTimeSeconds((at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds());
        var bytes = SecretSeal.Seal(TenantKey, new SecretBinding(Acme, InstallId, name, 1, created, null), value);
        await InstallAsync();
        await ExecuteAsOwnerAsync(
            $$"""
            insert into tenant_extension_install_secret values ('{{Acme}}', '{{InstallId}}', '{{name}}', 1, '\x{{Convert.ToHexString(bytes)}}', 'v1', '{{created:O}}', null)
            on conflict (tenant_id, install_id, name) do update set sealed_value = excluded.sealed_value, created_at = excluded.created_at;
            """);
    }

    /// <summary>
    /// Says what was published until a runner has done something about it. Again and again, since a runner that has just become ready
    /// may not listen yet, and there is no row that it would find when it does.
    /// </summary>
    public async Task AnnounceUntilAsync(ContentHash hash, Func<bool> isDone)
    {
        for (var look = 0; !isDone(); look++)
        {
            if (look % 100 == 0) await ExecuteAsOwnerAsync($"notify extension_published, '{hash}'");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until a metric without labels of its own has a value.</summary>
    public async Task WaitForMetricAsync(string name, int value)
    {
        while (true)
        {
            var text = await Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            var line = text.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal) && (line[name.Length] is ' ' or '{'));
            if (line.Split(' ')[1] == value.ToString(System.Globalization.CultureInfo.InvariantCulture)) return;
            await Task.Delay(20);
        }
    }

    /// <summary>The one record of a request, as soon as it is in the database.</summary>
    public async Task<dynamic> RecordAsync(ExecuteRequest request)
    {
        while (true)
        {
            var records = await RecordsAsync(request);
            if (records.Count > 0) return Assert.Single(records);
            await Task.Delay(50);
        }
    }

    public async Task<IReadOnlyList<dynamic>> RecordsAsync(ExecuteRequest request)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        return (await connection.QueryAsync(
            "select * from extension_execution_log where request_id = @id", new { id = request.Context.RequestId })).ToList();
    }

    private static async Task WaitUntilReadyAsync(HttpClient client)
    {
        while (true)
        {
            using var response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            if (response.IsSuccessStatusCode) return;
            await Task.Delay(20);
        }
    }

    private SecretClient CreateVault()
    {
        var vault = Substitute.For<SecretClient>();
        var tenantKey = SecretModelFactory.KeyVaultSecret(SecretModelFactory.SecretProperties(name: "tenant", version: "v1"), Convert.ToBase64String(TenantKey));
        vault.GetSecretAsync(Arg.Is<string>(name => name.StartsWith("alga-tenant-key-")), Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(Response.FromValue(tenantKey, Substitute.For<Response>()));
        foreach (var (name, key) in new[] { (ServiceTokenKey.SecretName, tokenKey), (PlatformKeys.CompiledCodeSecret, codeKey) })
        {
            var secret = Response.FromValue(new KeyVaultSecret(name, Convert.ToBase64String(key)), Substitute.For<Response>());
            vault.GetSecretAsync(name, Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(secret);
            vault.GetSecretAsync(name, Arg.Any<string>(), Arg.Any<SecretContentType?>(), Arg.Any<CancellationToken>()).Returns(secret);
        }

        return vault;
    }
}
