using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

public sealed class ExecutionLogPartitionsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Days_are_made_ahead_and_a_second_run_changes_nothing()
    {
        await using var owner = await OpenAsync();
        var days = await DaysAsync(owner);
        Assert.Equal(ExecutionLogPartitions.DaysAhead + 1, days.Count);
        Assert.Equal(await owner.ExecuteScalarAsync<string>("select 'day_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')"), days[0]);
        ExecutionLogPartitions.Maintain(owner);
        Assert.Equal(days, await DaysAsync(owner));
    }

    [Fact]
    public async Task Days_that_are_old_enough_are_dropped_and_the_next_are_made()
    {
        await using var owner = await OpenAsync();
        await MaintainAsync(owner, "2031-05-01", 3, 10);
        await MaintainAsync(owner, "2031-05-12", 3, 10);
        Assert.Equal(["day_20310502", "day_20310503", "day_20310504", "day_20310512", "day_20310513", "day_20310514", "day_20310515"], await DaysAsync(owner));
    }

    [Fact]
    public async Task What_came_before_its_day_was_made_moves_there_and_what_is_too_old_goes()
    {
        await using var owner = await OpenAsync();
        foreach (var at in new[] { "2031-05-01T00:00:00Z", "2031-05-01T23:59:59.999999Z", "2031-05-02T00:00:00Z", "2020-01-01T00:00:00Z" }) await InsertAsync(owner, at);
        await MaintainAsync(owner, "2031-05-01", 1, 10);
        Assert.Equal(
            ["execution_log.day_20310501 2", "execution_log.day_20310502 1"],
            await owner.QueryAsync<string>("select tableoid::regclass || ' ' || count(*) from extension_execution_log group by tableoid order by 1"));
        Assert.Empty(await IsolationCatalogue.FindFaultsAsync(owner, default));
    }

    [Fact]
    public async Task Every_day_is_protected_like_the_log_itself()
    {
        await using var owner = await OpenAsync();
        Assert.NotEmpty(await DaysAsync(owner));
        Assert.Empty(await IsolationCatalogue.FindFaultsAsync(owner, default));
    }

    [Fact]
    public async Task The_newest_records_of_an_extension_are_read_from_the_key_without_sorting()
    {
        await using var owner = await OpenAsync();
        await MaintainAsync(owner, "2031-05-01", 1, 10);
        await owner.ExecuteAsync(
            """
            insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, extension_id, install_id, version_id, version, method, endpoint, status, duration_us, queue_us, fuel, memory_bytes, egress_bytes)
            select '01936b2e-0000-7000-8000-000000000001', '2031-05-01T00:00:00Z'::timestamptz + number * interval '10 seconds', gen_random_uuid(), gen_random_uuid(), 'com.acme.e' || number % 5, gen_random_uuid(), gen_random_uuid(), '1.0.0', 'GET', '/', 200, 1, 1, 0, 0, 0
            from generate_series(1, 10000) as number
            """);
        await owner.ExecuteAsync("analyze extension_execution_log");
        var plan = string.Join('\n', await owner.QueryAsync<string>(
            """
            explain select * from extension_execution_log
            where tenant_id = '01936b2e-0000-7000-8000-000000000001' and extension_id = 'com.acme.e1' and started_at >= '2031-05-01T00:00:00Z'
              and (started_at, execution_id) < ('2031-05-02T00:00:00Z', '01936b2e-0000-7000-8000-000000000001')
            order by started_at desc, execution_id desc limit 20
            """));
        Assert.Contains("Index Scan Backward using day_20310501_pkey", plan, StringComparison.Ordinal);
        // "Sort Key" is that of merging days, which are sorted.
        Assert.DoesNotContain("Sort  (", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_maintenance_login_can_do_it_and_sees_no_row_and_no_other_table()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var admin = new NpgsqlConnection(database.Owner);
        await admin.OpenAsync();
        await ApplicationLogins.EnsureAsync(admin, "maintenance_" + database.Name, "p", ApplicationRole.Maintenance, default);
        await InsertAsync(admin, "2031-05-01T00:00:00Z");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Owner) { Username = "maintenance_" + database.Name, Password = "p" }.ConnectionString);
        await connection.OpenAsync();

        ExecutionLogPartitions.Maintain(connection);
        await MaintainAsync(connection, "2031-05-01", 1, 10);

        Assert.Contains("day_20310501", await DaysAsync(admin));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from extension_execution_log"));
        foreach (var table in new[] { "tenant_extension_install", "extension_quota_usage", "audit_log", "extension_storage_entry" })
        {
            var exception = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync($"select from {table}"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, exception.SqlState);
        }
    }

    [Theory]
    [InlineData(ApplicationRole.Registry)]
    [InlineData(ApplicationRole.Gateway)]
    [InlineData(ApplicationRole.Runner)]
    public async Task No_application_may_do_it(string role)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database.For(role));
        await connection.OpenAsync();
        var exception = Assert.Throws<PostgresException>(() => ExecutionLogPartitions.Maintain(connection));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, exception.SqlState);
        var direct = await Assert.ThrowsAsync<PostgresException>(() => MaintainAsync(connection, "2031-05-01", 1, 10));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, direct.SqlState);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(367, 10)]
    [InlineData(1, 0)]
    public async Task Numbers_out_of_range_are_refused(int ahead, int kept)
    {
        await using var owner = await OpenAsync();
        await Assert.ThrowsAsync<PostgresException>(() => MaintainAsync(owner, "2031-05-01", ahead, kept));
    }

    private static async Task MaintainAsync(NpgsqlConnection connection, string today, int ahead, int kept)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // As the role in any case, so that what is made is always its own.
        if (await connection.ExecuteScalarAsync<bool>("select pg_has_role(current_user, 'alga_maintenance', 'usage')", transaction: transaction))
        {
            await connection.ExecuteAsync("set local role alga_maintenance", transaction: transaction);
        }

        await connection.ExecuteAsync($"select maintain_execution_log('{today}', {ahead}, {kept})", transaction: transaction);
        await transaction.CommitAsync();
    }

    private static Task<int> InsertAsync(NpgsqlConnection owner, string at) => owner.ExecuteAsync(
        $"""
        insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, extension_id, install_id, version_id, version,
          method, endpoint, status, duration_us, queue_us, fuel, memory_bytes, egress_bytes)
        select t, '{at}', t, t, 'x', t, t, '1.0.0', 'GET', '/', 200, 0, 0, 0, 0, 0 from (values ('01936b2e-0000-7000-8000-00000000ac3e'::uuid)) v (t)
        """);

    private static async Task<IReadOnlyList<string>> DaysAsync(NpgsqlConnection connection) => (await connection.QueryAsync<string>(
        "select relname from pg_class where relnamespace = 'execution_log'::regnamespace and relname ~ '^day_[0-9]{8}$' and relkind = 'r' order by 1")).AsList();

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection((await postgres.CreateDatabaseAsync()).Owner);
        await connection.OpenAsync();
        return connection;
    }
}
