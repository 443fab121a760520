using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Testing;
using CsCheck;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class StorageQuotaTests(StorageFixture fixture) : IClassFixture<StorageFixture>
{
    /// <summary>A value of so many bytes.</summary>
    private static string Value(int bytes) => $"\"{new string('a', bytes - 2)}\"";

    [Fact]
    public async Task The_count_is_exact_whatever_happens()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var storage = fixture.Calls(tenant);
        var random = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9], Gen.Int[2, 500]).Array[60].Single();
        foreach (var (action, key, size) in random)
        {
            if (action < 3) storage.Put("n", new StorageWrite($"k{key}", Value(size), TtlSeconds: action == 0 ? 1u : null));
            else if (action == 3) storage.Delete("n", $"k{key}", null);
            else storage.Commit("n", [Put($"k{key}", size), new StorageChange($"k{(key + 1) % 10}", null, null), new StorageChange($"k{(key + 2) % 10}", new StorageWrite($"k{(key + 2) % 10}", "1", IfRevision: action == 4 ? 99 : null), null)]);
        }

        Assert.Equal(await CountAsync(tenant), await UsageAsync(tenant));
    }

    [Fact]
    public async Task Over_the_bytes_a_write_is_refused_with_the_limit_and_changes_nothing()
    {
        var storage = await LimitedAsync("max_bytes = 1000");
        storage.Put("n", new StorageWrite("k1", Value(900))).Value();
        var error = storage.Put("n", new StorageWrite("k2", Value(100))).Error(StorageErrorKind.QuotaExceeded);
        Assert.Contains("the 1000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Null(storage.Get("n", "k2").Value());
        storage.Put("n", new StorageWrite("k2", Value(96))).Value();
        storage.Put("n", new StorageWrite("k2", Value(97))).Error(StorageErrorKind.QuotaExceeded);
        Assert.Equal(1, storage.Get("n", "k2").Value()!.Revision);
    }

    [Fact]
    public async Task Over_the_keys_a_write_is_refused_with_the_limit()
    {
        var storage = await LimitedAsync("max_keys = 2");
        storage.Commit("n", [Put("k1", 2), Put("k2", 2)]).Value();
        Assert.Contains("the 2 keys", storage.Put("n", new StorageWrite("k3", "1")).Error(StorageErrorKind.QuotaExceeded).Message, StringComparison.Ordinal);
        storage.Put("other", new StorageWrite("k1", "1")).Error(StorageErrorKind.QuotaExceeded);
        storage.Put("n", new StorageWrite("k1", "1")).Value();
        storage.Commit("n", [Put("k3", 2), new StorageChange("k1", null, null)]).Value();
        storage.Commit("n", [Put("k4", 2), Put("k5", 2), new StorageChange("k2", null, null)]).Error(StorageErrorKind.QuotaExceeded);
        Assert.NotNull(storage.Get("n", "k2").Value());
    }

    [Fact]
    public async Task A_quota_is_one_tenants_and_one_extensions()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var storage = await LimitedAsync("max_keys = 1", tenant);
        storage.Put("n", new StorageWrite("k1", "1")).Value();
        storage.Put("n", new StorageWrite("k2", "1")).Error(StorageErrorKind.QuotaExceeded);
        fixture.Calls(tenant, StorageFixture.OtherExtension).Put("n", new StorageWrite("k2", "1")).Value();
        fixture.Calls(Invocation.Globex).Put("quota", new StorageWrite("k2", "1")).Value();
    }

    [Fact]
    public async Task Who_is_over_a_limit_that_was_lowered_can_still_delete_and_shrink()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var storage = await LimitedAsync("max_bytes = null", tenant);
        storage.Commit("n", [Put("k1", 500), Put("k2", 500)]).Value();
        await LimitedAsync("max_bytes = 100, max_keys = 1", tenant);
        storage.Put("n", new StorageWrite("k1", Value(501))).Error(StorageErrorKind.QuotaExceeded);
        storage.Put("n", new StorageWrite("k1", Value(400))).Value();
        Assert.True(storage.Delete("n", "k2", null).Value());
    }

    [Fact]
    public async Task Writers_at_the_same_time_never_pass_the_limit_together_and_never_wait_in_a_circle()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await LimitedAsync("max_keys = 20", tenant);
        await using var source = Database.DatabaseServiceCollectionExtensions.CreateDataSource(fixture.Database.Runner + ";Maximum Pool Size=8");
        var written = 0;
        GuestThreads.Run(8, thread =>
        {
            var storage = fixture.Calls(tenant, source: source);
            for (var i = 0; i < 10; i++)
            {
                // Keys overlap between threads and come in different orders.
                var keys = new[] { $"s{(thread + i) % 5}", $"k{thread}-{i}", $"s{(thread * 3 + i) % 5}x" };
                var result = storage.Commit("n", [.. keys.Select(key => Put(key, 10))]);
                if (result.TryGet(out _, out var error)) Interlocked.Increment(ref written);
                else Assert.Equal(StorageErrorKind.QuotaExceeded, error.Kind);
            }
        });
        Assert.InRange(written, 1, 20);
        var (keys, bytes) = await CountAsync(tenant);
        Assert.InRange(keys, 1, 20);
        Assert.Equal((keys, bytes), await UsageAsync(tenant));
    }

    [Fact]
    public async Task Expired_entries_make_room_when_it_is_needed()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var storage = await LimitedAsync("max_keys = 3", tenant);
        storage.Commit("n", [Put("k1", 2), Put("k2", 2), Put("k3", 2)]).Value();
        await fixture.ExecuteAsOwnerAsync($"update extension_storage_entry set expires_at = now() - interval '1 second' where tenant_id = '{tenant}' and key <> 'k3'");
        storage.Put("n", new StorageWrite("k4", "1")).Value();
        Assert.Equal(2, (await CountAsync(tenant)).Keys);
    }

    [Fact]
    public async Task A_write_deletes_expired_entries_of_its_own_tenant_and_extension_a_bounded_number_at_a_time()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await fixture.ExecuteAsOwnerAsync(
            $"""
            insert into extension_storage_entry
            select t, e, 'n', 'k' || i, '1', 1, now() - interval '1 minute', now()
            from generate_series(1, 250) i, unnest(array['{tenant}', '{Invocation.Globex}']::uuid[]) t, unnest(array['{Invocation.Extension}', '{StorageFixture.OtherExtension}']) e;
            """);
        var time = new ManualTime();
        var purge = new StoragePurge(time);
        Write();
        Assert.Equal(51, (await CountAsync(tenant)).Keys);
        Write();
        Assert.Equal(51, (await CountAsync(tenant)).Keys);
        time.Advance(TimeSpan.FromMinutes(1));
        Write();
        Assert.Equal(1, (await CountAsync(tenant)).Keys);
        Assert.Equal(250, (await CountAsync(tenant, StorageFixture.OtherExtension)).Keys);
        Assert.Equal(250, (await CountAsync(Invocation.Globex, StorageFixture.OtherExtension)).Keys);

        void Write()
        {
            var context = Invocation.Context(tenant, Invocation.Extension, Contracts.Capability.StorageKv);
            new StorageCalls(context, new StorageSession(fixture.Source, tenant, Invocation.Deadline()), purge, fixture.Lines).Put("n", new StorageWrite("live", "1")).Value();
        }
    }

    [Fact]
    public async Task The_runner_can_neither_raise_a_limit_nor_see_another_tenants_count()
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await using var raise = new NpgsqlCommand("update extension_storage_usage set max_bytes = 1", connection);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => raise.ExecuteNonQueryAsync())).SqlState);
        await using var read = new NpgsqlCommand("select count(*) from extension_storage_usage", connection);
        Assert.Equal(0L, await read.ExecuteScalarAsync());
    }

    private static StorageChange Put(string key, int size) => new(key, new StorageWrite(key, Value(size)), null);

    private async Task<StorageCalls> LimitedAsync(string limits, Guid? tenant = null)
    {
        var owner = tenant ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await fixture.ExecuteAsOwnerAsync(
            $"""
            insert into extension_storage_usage (tenant_id, extension_id) values ('{owner}', '{Invocation.Extension}') on conflict do nothing;
            update extension_storage_usage set {limits} where tenant_id = '{owner}' and extension_id = '{Invocation.Extension}';
            """);
        return fixture.Calls(owner);
    }

    private Task<(long Keys, long Bytes)> CountAsync(Guid tenant, string extension = Invocation.Extension) => ReadAsync(
        $"select count(*), coalesce(sum(octet_length(key) + octet_length(value::text)), 0)::bigint from extension_storage_entry where tenant_id = '{tenant}' and extension_id = '{extension}'");

    private Task<(long Keys, long Bytes)> UsageAsync(Guid tenant) => ReadAsync($"select keys, bytes from extension_storage_usage where tenant_id = '{tenant}' and extension_id = '{Invocation.Extension}'");

    private async Task<(long Keys, long Bytes)> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(fixture.Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
