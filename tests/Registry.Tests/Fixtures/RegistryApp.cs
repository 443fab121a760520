using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.LocalFunctions;
using Alga.Extensions.Registry.Functions;
using Alga.Extensions.Registry.Maintenance;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Seal;
using Alga.Extensions.Secrets;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>The registry function app, served in this process, on a real database and a real blob store.</summary>
public sealed class RegistryApp : IAsyncLifetime
{
    public static readonly Guid Acme = new("01936b2e-0000-7000-8000-00000000ac3e");
    public static readonly Guid Globex = new("01936b2e-0000-7000-8000-0000000910be");

    private static int apps;

    private readonly PostgresFixture postgres = new();
    private readonly AzuriteFixture azurite = new();
    private readonly HttpClient client = new();
    private readonly int number = Interlocked.Increment(ref apps);
    private int names;
    private TestIssuer issuer = null!;
    private IHost host = null!;

    /// <summary>A key that is trusted for the publishers <c>acme</c> and <c>globex</c>.</summary>
    internal SigningKey Key { get; } = SigningKey.Create();

    /// <summary>The key that the registry counter-signs with.</summary>
    internal SigningKey RegistryKey { get; } = SigningKey.Create();

    /// <summary>Whom registry and runners trust.</summary>
    internal TrustBundle Trust { get; private set; } = null!;

    /// <summary>A key that is trusted for the publisher <c>globex</c> only.</summary>
    internal SigningKey OtherKey { get; } = SigningKey.Create();

    /// <summary>The vault that keeps the tenants' keys.</summary>
    internal MemoryVault Vault { get; } = new();

    /// <summary>What a test's registry has in the place of what it would have.</summary>
    internal Action<IServiceCollection>? More { get; init; }

    public TestDatabase Database { get; private set; } = null!;

    public IBundleInventory Inventory => host.Services.GetRequiredService<IBundleInventory>();

    public string Url => client.BaseAddress!.AbsoluteUri;

    internal MaintenanceLoop Maintenance => host.Services.GetRequiredService<MaintenanceLoop>();

    internal UploadPlaces Uploads => host.Services.GetRequiredService<UploadPlaces>();

    public IBundleStore Store => host.Services.GetRequiredService<IBundleStore>();

    internal string Developer => issuer.Token("dev", null, ["publisher"], "acme");

    internal string OtherDeveloper => issuer.Token("other-dev", null, ["publisher"], "globex");

    internal string Admin => issuer.Token("ada", Acme, ["tenant_admin", "tenant_user"]);

    internal string User => issuer.Token("grace", Acme, ["tenant_user"]);

    internal string OtherAdmin => issuer.Token("linus", Globex, ["tenant_admin", "tenant_user"]);

    internal string Operator => issuer.Token("olivia", null, ["operator"]);

    /// <summary>The store that publishes write to; there once somebody asked for a store.</summary>
    internal ObservedStore Observed { get; private set; } = null!;

    internal string NilTenantAdmin => issuer.Token("nil", Guid.Empty, ["tenant_admin"]);

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await azurite.InitializeAsync();
        issuer = await TestIssuer.StartAsync();
        Database = await postgres.CreateDatabaseAsync();
        Assert.True(TrustBundle.Parse(Key.ToTrustEntry("acme", "globex") + OtherKey.ToTrustEntry("globex") + RegistryKey.ToRegistryEntry(BundleStatement.DefaultRegistry)).TryGet(out var trust, out var refusal), refusal?.Message);
        var builder = LocalHost.CreateBuilder(typeof(InstallFunctions).Assembly, AppContext.BaseDirectory, "--urls=http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddRegistry(new RegistryOptions
        {
            Database = Database.Registry,
            BundleStore = new BundleStoreOptions { Connection = azurite.ConnectionString, Container = "registry-" + Database.Name.Replace('_', '-') },
            Authentication = new AuthenticationOptions([issuer.Url], AuthenticationOptions.DefaultAudience),
            Trust = trust,
            Vault = new SecretVaultOptions(new Uri("https://vault.invalid/"), null),
            // Tests say themselves when it is time.
            MaintenanceInterval = TimeSpan.Zero,
        });
        builder.Services.AddSingleton<IBundleStore>(provider => Observed = new ObservedStore((IBundleStore)provider.GetRequiredService<IBundleInventory>()));
        builder.Services.AddSingleton(provider => new TenantKeys(Vault.Client, provider.GetRequiredService<TimeProvider>(), NullLogger<TenantKeys>.Instance));
        Trust = trust;
        var registryKey = RegistryKey.ToPkcs8();
        builder.Services.AddSingleton<RegistryKeySource>(_ => new ValueTask<byte[]>(registryKey));
        More?.Invoke(builder.Services);
        host = builder.Build();
        await host.StartAsync();
        var address = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        client.BaseAddress = new Uri(address);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await host.StopAsync();
        host.Dispose();
        await issuer.DisposeAsync();
        Key.Dispose();
        OtherKey.Dispose();
        RegistryKey.Dispose();
    }

    /// <summary>A token of anybody else.</summary>
    internal string Token(string subject, Guid? tenant, string[] roles, params string[] publishers) => issuer.Token(subject, tenant, roles, publishers);

    /// <summary>A name that no other test uses, of other apps neither: who listens to steps of publishes hears those of the whole process.</summary>
    internal string NewName() => $"com.acme.app{number}test{Interlocked.Increment(ref names)}";

    internal async Task<RegistryAnswer> SendAsync(HttpMethod method, string path, string? token, HttpContent? content = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await client.SendAsync(request);
        return await RegistryAnswer.ReadAsync(response);
    }

    internal Task<RegistryAnswer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    internal Task<RegistryAnswer> RegisterAsync(string name, string? token, string publisher = "acme") =>
        SendAsync(HttpMethod.Post, "/api/registry/extensions", token, JsonContent.Create(new { name, publisher, displayName = "Test" }));

    internal Task<RegistryAnswer> PublishAsync(TestBundle bundle, byte[] envelope, string? token, byte[]? bytes = null, string? name = null, string? version = null) =>
        SendAsync(
            HttpMethod.Put,
            $"/api/registry/extensions/{name ?? bundle.Name}/versions/{version ?? bundle.Version}",
            token,
            new MultipartFormDataContent { { new ByteArrayContent(envelope), "envelope" }, { new ByteArrayContent(bytes ?? bundle.Bytes), "bundle" } });

    /// <summary>Registers a new name and publishes a version of it.</summary>
    internal async Task<TestBundle> PublishNewAsync(string version = "1.0.0", string extra = "", string? name = null)
    {
        name ??= NewName();
        await RegisterAsync(name, Developer);
        var bundle = await TestBundle.PackAsync(name, version, extra: extra);
        var published = await PublishAsync(bundle, bundle.Sign(Key), Developer);
        Assert.True(published.Status == 201, published.Text);
        return bundle;
    }

    internal Task<RegistryAnswer> InstallAsync(string name, string token, object body, string? ifMatch = null) =>
        SendAsync(HttpMethod.Put, $"/api/tenant/installs/{name}", token, JsonContent.Create(body), ifMatch);

    internal Task<RegistryAnswer> PostJsonAsync(string path, string? token, object? body) =>
        SendAsync(HttpMethod.Post, path, token, body is null ? null : JsonContent.Create(body));

    internal async Task<byte[]> GetBytesAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The extension's index, verified as a runner does it.</summary>
    internal async Task<VerifiedIndex> IndexAsync(string name)
    {
        var envelope = await GetBytesAsync($"/api/registry/extensions/{name}/index", User);
        Assert.True(
            RegistryVerifier.VerifyIndex(envelope, Trust, BundleStatement.DefaultRegistry, name, TimeProvider.System.GetUtcNow()).TryGet(out var index, out var refusal), refusal?.Message);
        return index;
    }

    /// <summary>Puts other bytes in the place of a blob, digests and all, as somebody with the store's key could.</summary>
    internal async Task ReplaceBlobAsync(string name, byte[] bytes)
    {
        await Inventory.DeleteAsync(name, CancellationToken.None);
        await Store.CreateAsync(name, new MemoryStream(bytes), "application/octet-stream", CancellationToken.None);
    }

    /// <summary>A connection of the database's owner, who sees everything.</summary>
    internal async Task<NpgsqlConnection> OpenOwnerAsync()
    {
        var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync();
        return connection;
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed record RegistryAnswer(int Status, string Text, string? ETag, string? MediaType, string? RequestId)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The problem's code; null when this is no problem.</summary>
    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public string Detail => Json.GetProperty("detail").GetString()!;

    public static async Task<RegistryAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.TryGetValues("ETag", out var tags) ? tags.Single() : null,
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.TryGetValues("x-request-id", out var ids) ? ids.Single() : null);

    /// <summary>Asserts status and code together, and shows the body where they differ.</summary>
    public RegistryAnswer Is(int status, string? code = null)
    {
        Assert.True(Status == status && Code == code, $"Expected {status} {code}, got {Status}: {Text}");
        return this;
    }
}
