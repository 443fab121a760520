using Alga.Extensions.Database;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Setup.Tests;

/// <summary>
/// On a real PostgreSQL and the development vault. Only the server's function that makes an identity's login stands in: it
/// makes an ordinary one, since no other server than Azure's knows identities.
/// </summary>
public sealed class PlatformSetupTests : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly Guid SomeId = Guid.Parse("01936b2e-0000-7000-8000-000000000001");

    private readonly PostgresFixture postgres;
    private readonly string folder = Directory.CreateTempSubdirectory("alga-setup-").FullName;
    private DevelopmentVault vault = null!;
    private DevelopmentVault gatewayVault = null!;
    private DevelopmentVault signingVault = null!;

    public PlatformSetupTests(PostgresFixture postgres) => this.postgres = postgres;

    public async Task InitializeAsync()
    {
        vault = await DevelopmentVault.StartAsync(folder, "vault");
        gatewayVault = await DevelopmentVault.StartAsync(folder, "gateway-vault");
        signingVault = await DevelopmentVault.StartAsync(folder, "signing-vault");
        await using var connection = new NpgsqlConnection(postgres.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            create or replace function pgaadauth_create_principal_with_oid(name text, id text, kind text, is_admin boolean, is_mfa boolean)
            returns text language plpgsql as $$
            begin
              if id !~ '^[0-9a-f-]{36}$' or kind <> 'service' or is_admin or is_mfa then raise exception 'unexpected arguments'; end if;
              execute format('create role %I login password ''only-for-tests''', name);
              return 'Created role for ' || name;
            end $$
            """);
    }

    public async Task DisposeAsync()
    {
        await vault.DisposeAsync();
        await gatewayVault.DisposeAsync();
        await signingVault.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_empty_database_and_empty_vaults_become_a_platform()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        var logins = Logins("fresh");

        var output = await RunAsync(database.Owner, logins);

        Assert.Contains("0001_roles.sql", output, StringComparison.Ordinal);
        foreach (var login in logins) await CheckLoginAsync(database, login);
        Assert.Equal(["alga-compiled-code-key", "alga-load-report-key", "alga-service-token-key"], await vault.NamesAsync());
        Assert.Equal(["alga-load-report-key", "alga-service-token-key"], await gatewayVault.NamesAsync());
        Assert.Equal(32, Convert.FromBase64String(await vault.ReadAsync("alga-service-token-key")).Length);
        Assert.Equal(await vault.ReadAsync("alga-service-token-key"), await gatewayVault.ReadAsync("alga-service-token-key"));
        Assert.Equal(await vault.ReadAsync("alga-load-report-key"), await gatewayVault.ReadAsync("alga-load-report-key"));
        Assert.NotEqual(await vault.ReadAsync("alga-load-report-key"), await vault.ReadAsync("alga-service-token-key"));
        Assert.Equal(["alga-registry-signing-key"], await signingVault.NamesAsync());
    }

    [Fact]
    public async Task The_registrys_signing_key_is_made_once_and_its_public_half_is_told()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        var first = await RunAsync(database.Owner, Logins("sign"));
        var stored = await signingVault.ReadAsync("alga-registry-signing-key");
        Assert.True(SigningKey.Read(Convert.FromBase64String(stored)).TryGet(out var key, out _));
        var entry = key.ToRegistryEntry("alga-extensions");
        key.Dispose();

        var second = await RunAsync(database.Owner, Logins("sign"));

        Assert.Equal(stored, await signingVault.ReadAsync("alga-registry-signing-key"));
        Assert.Contains(entry, first, StringComparison.Ordinal);
        Assert.Contains(entry, second, StringComparison.Ordinal);
        Assert.True(TrustBundle.Parse(entry).TryGet(out _, out _));
        Assert.DoesNotContain(stored[..40], first + second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("not base64")]
    public async Task A_signing_key_that_is_none_ends_the_set_up_with_its_name(string secret)
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        await signingVault.WriteAsync("alga-registry-signing-key", secret);

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(database.Owner, Logins($"none{secret.Length}")));

        Assert.StartsWith("alga-registry-signing-key: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        var logins = Logins("again");
        await RunAsync(database.Owner, logins);
        var key = await vault.ReadAsync("alga-compiled-code-key");

        var output = await RunAsync(database.Owner, logins);

        Assert.Contains("The schema is up to date.", output, StringComparison.Ordinal);
        Assert.Equal(key, await vault.ReadAsync("alga-compiled-code-key"));
        foreach (var login in logins) await CheckLoginAsync(database, login);
    }

    [Fact]
    public async Task A_key_that_was_changed_reaches_the_other_vault_with_the_next_run()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        await RunAsync(database.Owner, Logins("rotate"));
        var key = Convert.ToBase64String(new byte[32]);
        await vault.WriteAsync("alga-service-token-key", key);

        await RunAsync(database.Owner, Logins("rotate"));

        Assert.Equal(key, await gatewayVault.ReadAsync("alga-service-token-key"));
    }

    [Fact]
    public async Task A_role_that_a_login_should_not_have_is_taken_away()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        await RunAsync(database.Owner, [new EntraPrincipal(ApplicationRole.Registry, "moved", SomeId)]);

        await RunAsync(database.Owner, [new EntraPrincipal(ApplicationRole.Runner, "moved", SomeId)]);

        await using var connection = new NpgsqlConnection(database.Owner);
        Assert.Equal([ApplicationRole.Runner], await connection.QueryAsync<string>(
            "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member where l.rolname = 'moved'"));
    }

    [Fact]
    public async Task A_name_with_a_quote_is_a_name()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        var login = new EntraPrincipal(ApplicationRole.Gateway, "a\"; drop table extension; --", SomeId);

        await RunAsync(database.Owner, [login]);

        await CheckLoginAsync(database, login);
    }

    private static List<EntraPrincipal> Logins(string prefix) =>
        [.. EntraPrincipal.Roles.Select(role => new EntraPrincipal(role, $"{prefix}-{role}", SomeId))];

    private async Task<string> RunAsync(string owner, IReadOnlyList<EntraPrincipal> logins)
    {
        await using var output = new StringWriter();
        await PlatformSetup.RunAsync(
            new SetupOptions { Database = owner, Logins = logins, Vault = vault.Options, GatewayVault = gatewayVault.Options, SigningVault = signingVault.Options }, output, CancellationToken.None);
        return output.ToString();
    }

    /// <summary>What the services check at their start.</summary>
    private static async Task CheckLoginAsync(TestDatabase database, EntraPrincipal login)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.Owner) { Username = login.Name, Password = "only-for-tests", Pooling = false };
        await using var source = DatabaseServiceCollectionExtensions.CreateDataSource(connection.ConnectionString);
        await new RoleGuard(source).CheckAsync(CancellationToken.None);
    }
}
