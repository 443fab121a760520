using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

public sealed class MigratorTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_second_run_does_nothing()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);

        var first = Migrator.Apply(database.Owner);
        var second = Migrator.Apply(database.Owner);

        Assert.NotEmpty(first);
        Assert.Equal(first.Order(StringComparer.Ordinal), first);
        Assert.Empty(second);
        await using var connection = new NpgsqlConnection(database.Owner);
        Assert.Equal(first.Count, await connection.ExecuteScalarAsync<int>("select count(*) from schema_migration"));
    }

    [Fact]
    public async Task Of_two_runs_at_once_one_does_the_work_and_both_succeed()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator.Apply(database.Owner))));

        Assert.Single(runs, run => run.Count > 0);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind_and_is_named()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        await using var connection = new NpgsqlConnection(database.Owner);
        // The third script makes this table too, after others of its own.
        await connection.ExecuteAsync("create table audit_log (in_the_way int)");

        var exception = Assert.Throws<MigrationException>(() => Migrator.Apply(database.Owner));

        Assert.Contains("0003_installs", exception.Message, StringComparison.Ordinal);
        Assert.Null(await connection.ExecuteScalarAsync<string>("select to_regclass('tenant_extension_install')::text"));
        await connection.ExecuteAsync("drop table audit_log");
        Assert.NotEmpty(Migrator.Apply(database.Owner));
    }
}
