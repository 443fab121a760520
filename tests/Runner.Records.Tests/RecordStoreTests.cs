using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Records.Tests;

public sealed class RecordStoreTests(RecordDatabase database) : IClassFixture<RecordDatabase>, IAsyncLifetime
{
    private readonly RecordStore store = new(database.Runner);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Records_of_several_tenants_are_written_each_under_its_own()
    {
        var (first, second) = (NewTenant(), NewTenant());
        var records = new[] { Sample.Record(first), Sample.Record(second), Sample.Record(first) };
        Assert.Equal(3, await store.WriteAsync(records, default));
        Assert.Equal(new[] { records[0].ExecutionId, records[2].ExecutionId }.Order(), (await database.IdsAsync(first)).Order());
        Assert.Equal([records[1].ExecutionId], await database.IdsAsync(second));
    }

    [Fact]
    public async Task Every_field_arrives_as_it_was()
    {
        var tenant = NewTenant();
        var full = Sample.Record(tenant) with { Status = 504, Code = "timeout", Logs = """[{"message":"a\u0000b"}]""" };
        var empty = Sample.Record(tenant) with { TraceId = null, UserId = null, Logs = null };
        await store.WriteAsync([full, empty], default);
        Assert.Equal([full, empty], (await ReadAsync(tenant)).OrderByDescending(record => record.Status));
    }

    [Fact]
    public async Task A_nul_in_a_users_id_costs_the_nul_and_not_the_record()
    {
        var tenant = NewTenant();
        await store.WriteAsync([Sample.Record(tenant) with { UserId = "a\0b" }], default);
        Assert.Equal("a\ufffdb", Assert.Single(await ReadAsync(tenant)).UserId);
    }

    [Fact]
    public async Task What_is_written_twice_is_there_once_and_counts_once()
    {
        var tenant = NewTenant();
        var records = Enumerable.Range(0, 5).Select(_ => Sample.Record(tenant)).ToList();
        Assert.Equal(3, await store.WriteAsync([records[0], records[1], records[1], records[2]], default));
        Assert.Equal(2, await store.WriteAsync(records, default));
        Assert.Equal(0, await store.WriteAsync(records, default));
        Assert.Equal(5, (await database.IdsAsync(tenant)).Count);
        Assert.Equal([5L, 5L], await database.QueryAsync<long>("select invocations from extension_quota_usage where tenant_id = @tenant", new { tenant }));
    }

    [Fact]
    public async Task Who_watches_an_extension_is_told_of_each_new_record_once_and_of_nothing_else()
    {
        var (tenant, other) = (NewTenant(), NewTenant());
        await using var connection = new NpgsqlConnection(database.Database.Owner);
        await connection.OpenAsync();
        var told = new List<string>();
        connection.Notification += (_, notice) => told.Add(notice.Payload);
        await connection.ExecuteAsync("listen execution_written");
        var unwatched = Sample.Record(tenant);
        await store.WriteAsync([unwatched], default);
        await connection.ExecuteAsync(
            """
            insert into execution_tail_session (tenant_id, session_id, extension_id, actor, connection_id, started_at, ends_at, held_until)
            values (@tenant, gen_random_uuid(), 'com.acme.reports', 'test', gen_random_uuid(), now(), now() + interval '1 hour', now() + interval '1 hour'),
                   (@tenant, gen_random_uuid(), 'com.acme.reports', 'test', gen_random_uuid(), now(), now() + interval '1 hour', now() + interval '1 hour'),
                   (@tenant, gen_random_uuid(), 'com.acme.left', 'test', gen_random_uuid(), now(), now() + interval '1 hour', now())
            """,
            new { tenant });

        var records = Enumerable.Range(0, 150).Select(number => Sample.Record(tenant, at: Sample.Noon.AddMilliseconds(number))).ToList();
        await store.WriteAsync([unwatched, .. records, Sample.Record(tenant, "com.acme.quiet"), Sample.Record(tenant, "com.acme.left"), Sample.Record(other)], default);
        await connection.ExecuteAsync("select 1");

        Assert.Equal(2, told.Count);
        Assert.All(told, payload => Assert.StartsWith($"{tenant:D} com.acme.reports ", payload, StringComparison.Ordinal));
        Assert.Equal(records.Select(record => record.ExecutionId).Order(), told.SelectMany(payload => payload.Split(' ')[4].Split(',')).Select(Guid.Parse).Order());
        Assert.Equal((records[0].StartedAt.ToUnixTimeMilliseconds() * 1000).ToString(System.Globalization.CultureInfo.InvariantCulture), told[0].Split(' ')[2]);
    }

    [Fact]
    public async Task Two_writers_of_the_same_records_count_them_once()
    {
        var tenant = NewTenant();
        var records = Enumerable.Range(0, 200).Select(number => Sample.Record(tenant, $"com.acme.e{number % 7}")).ToList();
        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            await using var writer = new RecordStore(database.Runner);
            return await writer.WriteAsync([.. records.OrderBy(record => record.GetHashCode() ^ number)], default);
        })));
        Assert.Equal(200, written.Sum());
        Assert.Equal(200L, (await database.QueryAsync<long>("select sum(invocations)::bigint from extension_quota_usage where tenant_id = @tenant and period = 'day'", new { tenant })).Single());
    }

    [Fact]
    public async Task Two_writers_of_the_same_tenants_do_not_wait_for_each_other_in_a_circle()
    {
        var tenants = Enumerable.Range(0, 8).Select(_ => NewTenant()).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            await using var writer = new RecordStore(database.Runner);
            for (var round = 0; round < 10; round++)
            {
                var records = tenants.SelectMany(tenant => new[] { Sample.Record(tenant, "com.acme.a"), Sample.Record(tenant, "com.acme.b") }).ToArray();
                new Random(number + round).Shuffle(records);
                Assert.Equal(records.Length, await writer.WriteAsync(records, default));
            }
        })));
        foreach (var tenant in tenants)
            Assert.Equal(80L, (await database.QueryAsync<long>("select sum(invocations)::bigint from extension_quota_usage where tenant_id = @tenant and period = 'day'", new { tenant })).Single());
    }

    [Fact]
    public async Task New_records_and_records_that_were_written_before_count_the_same()
    {
        var (fresh, repeated) = (NewTenant(), NewTenant());
        long[] durations = [0, 999, 1_000, 2_499, 2_500, 4_999, 5_000, 24_999, 25_000, 99_999, 100_000, 499_999, 500_000, 999_999, 1_000_000, 2_500_000, 5_000_000, 9_999_999, 10_000_000, 29_999_999, 30_000_000, long.MaxValue / 100];
        var records = durations.Select((duration, number) => Sample.Record(at: Sample.Noon.AddDays(-(number % 3))) with
        {
            ExecutionId = Guid.CreateVersion7(),
            DurationUs = duration,
            MemoryBytes = number,
            Status = 499 + (number % 2),
            Code = number % 5 == 0 ? "timeout" : null,
        }).ToList();
        Assert.Equal(records.Count, await store.WriteAsync([.. records.Select(record => record with { TenantId = fresh })], default));
        // One of each pair is a repetition, so that the database has to count.
        Assert.Equal(records.Count, await store.WriteAsync([.. records.Concat(records).Select(record => record with { TenantId = repeated })], default));

        Assert.Equal(await UsageAsync(fresh), await UsageAsync(repeated));
        Assert.Equal(records.Count, (await UsageAsync(fresh)).Where(row => row.StartsWith("day", StringComparison.Ordinal)).Sum(row => int.Parse(row.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_store_that_is_disposed_of_finishes_the_batch_that_it_writes_and_takes_no_other()
    {
        var tenant = NewTenant();
        var other = new RecordStore(database.Runner);
        var writing = other.WriteAsync([.. Enumerable.Range(0, 1_000).Select(_ => Sample.Record(tenant))], default);
        await other.DisposeAsync();
        Assert.Equal(1_000, await writing);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other.WriteAsync([Sample.Record(tenant)], default));
    }

    [Fact]
    public async Task A_store_whose_connection_was_cut_writes_the_next_batch_on_another()
    {
        var tenant = NewTenant();
        await store.WriteAsync([Sample.Record(tenant)], default);
        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user and datname = current_database()");

        var record = Sample.Record(tenant);
        await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync([record], default));
        Assert.Equal(1, await store.WriteAsync([record], default));
    }

    [Fact]
    public async Task Usage_is_kept_by_utc_day_and_month_and_by_duration()
    {
        var tenant = NewTenant();
        var midnight = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await store.WriteAsync(
            [
                Sample.Record(tenant, at: midnight.AddTicks(-10)) with { DurationUs = 999, Status = 500 },
                Sample.Record(tenant, at: midnight) with { DurationUs = 1_000, Code = "timeout", Status = 504 },
                Sample.Record(tenant, at: midnight.AddHours(23).ToOffset(TimeSpan.FromHours(9))) with { DurationUs = 40_000_000, MemoryBytes = 5 },
            ],
            default);
        await store.WriteAsync([Sample.Record(tenant, at: midnight.AddDays(30)) with { DurationUs = 2_000 }], default);

        Assert.Equal(
            [
                "day 2026-02-28 1 1 999 7 30 65536 {1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}",
                "day 2026-03-01 2 1 40001000 14 60 65536 {0,1,0,0,0,0,0,0,0,0,0,0,0,0,1}",
                "day 2026-03-31 1 0 2000 7 30 65536 {0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}",
                "month 2026-02-01 1 1 999 7 30 65536 {1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}",
                "month 2026-03-01 3 1 40003000 21 90 65536 {0,2,0,0,0,0,0,0,0,0,0,0,0,0,1}",
            ],
            await UsageAsync(tenant));
    }

    [Fact]
    public async Task A_record_of_a_day_that_was_not_made_is_kept_all_the_same()
    {
        var tenant = NewTenant();
        await store.WriteAsync([Sample.Record(tenant, at: new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero))], default);
        Assert.Single(await database.IdsAsync(tenant));
    }

    [Fact]
    public async Task The_runner_cannot_read_what_records_say_nor_write_for_a_tenant_it_did_not_name()
    {
        await store.WriteAsync([Sample.Record()], default);
        await using var connection = await database.Runner.OpenConnectionAsync();
        foreach (var sql in new[]
        {
            "select user_id from extension_execution_log",
            "update extension_execution_log set status = 200",
            "delete from extension_execution_log",
            "delete from extension_quota_usage",
            "select count(logs) from execution_log.rest",
        })
        {
            var exception = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, exception.SqlState);
        }

        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(execution_id) from extension_execution_log"));
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select set_config('app.tenant_id', @id, true)", new { id = Sample.Globex.ToString() }, transaction);
        var foreign = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(
            $"insert into extension_quota_usage values ('{Sample.Acme}', 'x', 'day', now(), 1, 0, 0, 0, 0, 0, duration_histogram(array[]::bigint[]))", transaction: transaction));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, foreign.SqlState);
    }

    private Task<IReadOnlyList<string>> UsageAsync(Guid tenant) => database.QueryAsync<string>(
        "select concat_ws(' ', period, starts_on, invocations, errors, duration_us, fuel, egress_bytes, memory_bytes_peak, duration_histogram) from extension_quota_usage where tenant_id = @tenant order by period, starts_on",
        new { tenant });

    private async Task<IReadOnlyList<ExecutionRecord>> ReadAsync(Guid tenant)
    {
        await using var connection = new NpgsqlConnection(database.Database.Owner);
        var rows = await connection.QueryAsync("select * from extension_execution_log where tenant_id = @tenant", new { tenant });
        return
        [
            .. rows.Select(row => new ExecutionRecord
            {
                ExecutionId = row.execution_id,
                TenantId = row.tenant_id,
                StartedAt = new DateTimeOffset((DateTime)row.started_at),
                RequestId = row.request_id,
                TraceId = row.trace_id,
                ExtensionId = row.extension_id,
                InstallId = row.install_id,
                VersionId = row.version_id,
                Version = row.version,
                Method = row.method,
                Endpoint = row.endpoint,
                UserId = row.user_id,
                Status = row.status,
                Code = row.code,
                DurationUs = row.duration_us,
                QueueUs = row.queue_us,
                Fuel = row.fuel,
                MemoryBytes = row.memory_bytes,
                EgressBytes = row.egress_bytes,
                Logs = row.logs,
            }),
        ];
    }

    private static Guid NewTenant() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
