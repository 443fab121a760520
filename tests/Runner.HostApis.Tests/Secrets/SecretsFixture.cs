using Alga.Extensions.Contracts;
using Alga.Extensions.Secrets;
using Alga.Extensions.Testing;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>A database with an install for each of two tenants, and a vault with a key for each tenant.</summary>
public sealed class SecretsFixture : IAsyncLifetime
{
    public const string KeyVersion = "v1";

    private readonly StorageFixture database = new();

    public NpgsqlDataSource Source => database.Source;

    public Guid AcmeInstall { get; } = Guid.Parse("01936b2e-0000-7000-8000-000000000002");

    public Guid GlobexInstall { get; } = Guid.Parse("01936b2e-0000-7000-8000-000000000004");

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsOwnerAsync(
            $$"""
            insert into extension_bundle values ('sha256:{{new string('a', 64)}}', 1, now());
            insert into extension_version values ('01936b2e-0000-7000-8000-000000000003', '{{Invocation.Extension}}', '1.0.0', 'sha256:{{new string('a', 64)}}', '{}', 'x', now());
            insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
            values ('{{Invocation.Acme}}', '{{AcmeInstall}}', '{{Invocation.Extension}}', '01936b2e-0000-7000-8000-000000000003', 'enabled', '{}', '{}', 'x', now(), now()),
                   ('{{Invocation.Globex}}', '{{GlobexInstall}}', '{{Invocation.Extension}}', '01936b2e-0000-7000-8000-000000000003', 'enabled', '{}', '{}', 'x', now(), now());
            """);
    }

    public Task DisposeAsync() => database.DisposeAsync();

    public static byte[] KeyOf(Guid tenant) => System.Security.Cryptography.SHA256.HashData(tenant.ToByteArray());

    /// <summary>Stores a value as the registry does.</summary>
    public Task StoreAsync(string name, string value, DateTimeOffset at, DateTimeOffset? expires = null, Guid? tenant = null, long version = 1)
    {
        var owner = tenant ?? Invocation.Acme;
        var install = owner == Invocation.Acme ? AcmeInstall : GlobexInstall;
        var bytes = SecretSeal.Seal(KeyOf(owner), new SecretBinding(owner, install, name, version, at, expires), value);
        return database.ExecuteAsOwnerAsync(
            $"""
            delete from tenant_extension_install_secret where install_id = '{install}' and name = '{name}';
            insert into tenant_extension_install_secret
            values ('{owner}', '{install}', '{name}', {version}, '\x{Convert.ToHexString(bytes)}', '{KeyVersion}', '{at:O}', {(expires is null ? "null" : $"'{expires:O}'")});
            """);
    }

    public Task ExecuteAsync(string sql) => database.ExecuteAsOwnerAsync(sql);

    internal SecretsRun Begin(ManualTime time) => new(this, time);
}

/// <summary>A runner's memory of secrets, and invocations in it.</summary>
internal sealed class SecretsRun
{
    private readonly SecretsFixture fixture;
    private readonly InstallSecrets shared;
    private readonly TenantKeys keys;
    private readonly ManualTime time;

    public SecretsRun(SecretsFixture fixture, ManualTime time)
    {
        this.fixture = fixture;
        var vault = Substitute.For<SecretClient>();
        vault.GetSecretAsync(Arg.Any<string>(), Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call => Answer(call.ArgAt<string>(0)));
        keys = new TenantKeys(vault, time, NullLogger<TenantKeys>.Instance);
        shared = new InstallSecrets(fixture.Source, keys, time);
        this.time = time;
    }

    public bool VaultIsDown { get; set; }

    public int VaultReads { get; private set; }

    public LogLines Lines { get; } = new();

    public KnownSecrets Known { get; private set; } = new();

    /// <summary>The calls of a new invocation.</summary>
    public SecretsCalls Calls(Guid? tenant = null, string[]? capabilities = null, params SecretGrant[] grants)
    {
        var context = Context(tenant, capabilities, grants);
        Known = shared.Remember(context.TenantId, context.InstallId);
        return new SecretsCalls(context, Invocation.Deadline(), shared, Known, Lines);
    }

    /// <summary>What makes all host calls of invocations, with a memory of its own.</summary>
    public HostCallsFactory Factory(GuestMeter meter) =>
        new(fixture.Source, meter, keys, new EgressPolicy(null), Substitute.For<IEgressNetwork>(), time, NullLoggerFactory.Instance);

    /// <summary>Whose an invocation is.</summary>
    public InvocationContext Context(Guid? tenant = null, string[]? capabilities = null, params SecretGrant[] grants)
    {
        var owner = tenant ?? Invocation.Acme;
        return Invocation.Context(owner, Invocation.Extension, capabilities ?? [Capability.SecretsGet]) with
        {
            InstallId = owner == Invocation.Acme ? fixture.AcmeInstall : fixture.GlobexInstall,
            Secrets = grants.Length > 0 ? grants : [new SecretGrant("api-key", null), new SecretGrant("other", null)],
        };
    }

    private Response<KeyVaultSecret> Answer(string name)
    {
        VaultReads++;
        if (VaultIsDown) throw new RequestFailedException(503, "canary-vault");
        var tenant = Guid.ParseExact(name["alga-tenant-key-".Length..], "N");
        var secret = SecretModelFactory.KeyVaultSecret(
            SecretModelFactory.SecretProperties(name: name, version: SecretsFixture.KeyVersion), Convert.ToBase64String(SecretsFixture.KeyOf(tenant)));
        return Response.FromValue(secret, Substitute.For<Response>());
    }
}
