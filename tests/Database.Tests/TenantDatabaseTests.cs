using Alga.Extensions.Contracts;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

public sealed class TenantDatabaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Guid Acme = new("01936b2e-0000-7000-8000-00000000ac3e");
    private static readonly Guid Globex = new("01936b2e-0000-7000-8000-0000000910be");

    [Fact]
    public async Task A_tenant_sees_its_own_rows_only()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        var database = new TenantDatabase(dataSource);
        await WriteAsync(database, Acme, "a");
        await WriteAsync(database, Globex, "g");

        Assert.Equal(["a"], await KeysAsync(database, Acme));
        Assert.Equal(["g"], await KeysAsync(database, Globex));
    }

    [Fact]
    public async Task Without_a_tenant_there_are_no_rows_and_nothing_can_be_written()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        await WriteAsync(new TenantDatabase(dataSource), Acme, "a");
        await using var connection = await dataSource.OpenConnectionAsync();

        Assert.Empty(await connection.QueryAsync<string>("select key from extension_storage_entry"));
        await AssertRefusedAsync(() => InsertAsync(connection, null, Acme, "b"));
    }

    [Fact]
    public async Task A_tenant_cannot_write_for_another()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        var database = new TenantDatabase(dataSource);
        await WriteAsync(database, Globex, "g");

        await AssertRefusedAsync(() => database.InTenantAsync(
            Acme, (connection, transaction) => InsertAsync(connection, transaction, Globex, "b"), CancellationToken.None));
        var changed = await database.InTenantAsync(
            Acme,
            (connection, transaction) => connection.ExecuteAsync("update extension_storage_entry set revision = 9", transaction: transaction),
            CancellationToken.None);
        var deleted = await database.InTenantAsync(
            Acme,
            (connection, transaction) => connection.ExecuteAsync("delete from extension_storage_entry", transaction: transaction),
            CancellationToken.None);

        Assert.Equal((0, 0), (changed, deleted));
        Assert.Equal(["g"], await KeysAsync(database, Globex));
    }

    [Fact]
    public async Task A_tenant_cannot_give_its_row_away()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        var database = new TenantDatabase(dataSource);
        await WriteAsync(database, Acme, "a");

        await AssertRefusedAsync(() => database.InTenantAsync(
            Acme,
            (connection, transaction) => connection.ExecuteAsync(
                "update extension_storage_entry set tenant_id = @Globex", new { Globex }, transaction),
            CancellationToken.None));
    }

    [Fact]
    public async Task One_connection_serves_tenants_in_turn_through_errors_and_cancellation()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        var database = new TenantDatabase(dataSource);
        await WriteAsync(database, Acme, "a");
        await WriteAsync(database, Globex, "g");

        for (var round = 0; round < 20; round++)
        {
            var (tenant, key) = round % 2 == 0 ? (Acme, "a") : (Globex, "g");
            Assert.Equal([key], await KeysAsync(database, tenant));
            await DisturbAsync(database, tenant, round % 4);

            await using var bare = await dataSource.OpenConnectionAsync();
            Assert.Empty(await bare.QueryAsync<string>("select key from extension_storage_entry"));
        }
    }

    [Fact]
    public async Task A_refusal_rolls_back_and_a_value_commits()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        var database = new TenantDatabase(dataSource);

        var refused = await database.TryInTenantAsync<int>(
            Acme,
            async (connection, transaction) =>
            {
                await InsertAsync(connection, transaction, Acme, "refused");
                return new Refusal(ErrorCode.Conflict, "No.");
            },
            CancellationToken.None);
        var accepted = await database.TryInTenantAsync<int>(
            Acme, async (connection, transaction) => await InsertAsync(connection, transaction, Acme, "accepted"), CancellationToken.None);

        Assert.False(refused.TryGet(out _, out _));
        Assert.True(accepted.TryGet(out _, out _));
        Assert.Equal(["accepted"], await KeysAsync(database, Acme));
    }

    [Fact]
    public async Task The_nil_tenant_is_refused_and_the_platform_sees_no_tenants_row()
    {
        await using var dataSource = await OnePooledConnectionAsync();
        var database = new TenantDatabase(dataSource);
        await WriteAsync(database, Acme, "a");

        await Assert.ThrowsAsync<ArgumentException>(() => KeysAsync(database, Guid.Empty));
        var seen = await database.TryInPlatformAsync<int>(
            async (connection, transaction) => await connection.ExecuteScalarAsync<int>("select count(*) from extension_storage_entry", transaction: transaction),
            CancellationToken.None);

        Assert.True(seen.TryGet(out var count, out _));
        Assert.Equal(0, count);
    }

    /// <summary>Ends a transaction in one of the ways that are not a commit.</summary>
    private static async Task DisturbAsync(TenantDatabase database, Guid tenant, int kind)
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<Exception>(() => database.InTenantAsync<int>(
            tenant,
            async (connection, transaction) =>
            {
                switch (kind)
                {
                    case 0:
                        return await connection.ExecuteAsync("select 1 / 0", transaction: transaction);
                    case 1:
                        throw new InvalidOperationException("The work failed.");
                    case 2:
                        cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));
                        return await connection.ExecuteAsync(new CommandDefinition("select pg_sleep(30)", transaction: transaction, cancellationToken: cancellation.Token));
                    default:
                        await cancellation.CancelAsync();
                        return await connection.ExecuteAsync(new CommandDefinition("select 1", transaction: transaction, cancellationToken: cancellation.Token));
                }
            },
            cancellation.Token));
    }

    private async Task<NpgsqlDataSource> OnePooledConnectionAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using (var owner = new NpgsqlConnection(database.Owner))
        {
            await owner.ExecuteAsync(
                """
                insert into publisher values ('acme', 'Acme', now());
                insert into extension_registry values ('com.acme.notes', 'acme', 'Notes', now());
                """);
        }

        return DatabaseServiceCollectionExtensions.CreateDataSource(database.Runner + ";Maximum Pool Size=1");
    }

    private static Task<int> WriteAsync(TenantDatabase database, Guid tenant, string key) => database.InTenantAsync(
        tenant, (connection, transaction) => InsertAsync(connection, transaction, tenant, key), CancellationToken.None);

    private static Task<int> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Guid tenant, string key) => connection.ExecuteAsync(
        """
        insert into extension_storage_entry (tenant_id, extension_id, namespace, key, value, revision, updated_at)
        values (@tenant, 'com.acme.notes', 'default', @key, '{}', 1, now())
        """,
        new { tenant, key },
        transaction);

    private static async Task<IReadOnlyList<string>> KeysAsync(TenantDatabase database, Guid tenant) => (await database.InTenantAsync(
        tenant,
        (connection, transaction) => connection.QueryAsync<string>("select key from extension_storage_entry order by key", transaction: transaction),
        CancellationToken.None)).ToList();

    private static async Task AssertRefusedAsync(Func<Task> work) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(work)).SqlState);
}
