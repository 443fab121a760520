using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>Single entries, against real PostgreSQL with the runner's own login.</summary>
public sealed class StorageTests(StorageFixture fixture) : IClassFixture<StorageFixture>
{
    private readonly string ns = $"t{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    private StorageCalls Storage => fixture.Calls();

    [Fact]
    public void What_was_put_is_got_byte_for_byte()
    {
        const string json = "{ \"b\" : [1.50, \"\\u00e9 🙂\"],\n \"a\":null, \"a\":2 }";
        var written = Storage.Put(ns, new StorageWrite("k/é%_", json)).Value();
        Assert.Equal(new StorageEntry("k/é%_", json, 1, null), written);
        Assert.Equal(written, Storage.Get(ns, "k/é%_").Value());
    }

    [Fact]
    public void A_missing_key_is_nothing() => Assert.Null(Storage.Get(ns, "missing").Value());

    [Fact]
    public void Each_write_raises_the_revision_by_one()
    {
        for (var revision = 1; revision <= 3; revision++) Assert.Equal(revision, Storage.Put(ns, new StorageWrite("k", "1")).Value().Revision);
    }

    [Fact]
    public void A_write_with_the_stored_revision_succeeds_and_with_another_conflicts()
    {
        Storage.Put(ns, new StorageWrite("k", "1"));
        Assert.Equal(2, Storage.Put(ns, new StorageWrite("k", "2", 1)).Value().Revision);
        Storage.Put(ns, new StorageWrite("k", "3", 1)).Error(StorageErrorKind.Conflict);
        Storage.Put(ns, new StorageWrite("k", "3", 7)).Error(StorageErrorKind.Conflict);
        Assert.Equal("2", Storage.Get(ns, "k").Value()!.Value);
    }

    [Fact]
    public void A_write_with_a_revision_of_a_missing_key_conflicts() =>
        Storage.Put(ns, new StorageWrite("missing", "1", 1)).Error(StorageErrorKind.Conflict);

    [Fact]
    public void Revision_0_means_that_the_key_must_not_exist()
    {
        Assert.Equal(1, Storage.Put(ns, new StorageWrite("k", "1", 0)).Value().Revision);
        Storage.Put(ns, new StorageWrite("k", "2", 0)).Error(StorageErrorKind.Conflict);
    }

    [Fact]
    public void Of_two_that_create_one_key_exactly_one_wins()
    {
        using var source = Database.DatabaseServiceCollectionExtensions.CreateDataSource(fixture.Database.Runner);
        var wins = 0;
        GuestThreads.Run(8, _ =>
        {
            if (fixture.Calls(source: source).Put(ns, new StorageWrite("k", "1", 0)).TryGet(out var _, out var _)) Interlocked.Increment(ref wins);
        });
        Assert.Equal(1, wins);
    }

    [Fact]
    public void Counting_with_revisions_loses_nothing()
    {
        using var source = Database.DatabaseServiceCollectionExtensions.CreateDataSource(fixture.Database.Runner);
        GuestThreads.Run(4, _ =>
        {
            for (var i = 0; i < 10;)
            {
                var storage = fixture.Calls(source: source);
                var entry = storage.Get(ns, "count").Value();
                var next = entry is null ? 1 : int.Parse(entry.Value, null) + 1;
                if (storage.Put(ns, new StorageWrite("count", $"{next}", (ulong)(entry?.Revision ?? 0))).TryGet(out var _, out var _)) i++;
            }
        });
        Assert.Equal("40", Storage.Get(ns, "count").Value()!.Value);
    }

    [Fact]
    public void Deleting_says_whether_there_was_one()
    {
        Storage.Put(ns, new StorageWrite("k", "1"));
        Assert.True(Storage.Delete(ns, "k", null).Value());
        Assert.False(Storage.Delete(ns, "k", null).Value());
        Assert.Equal(1, Storage.Put(ns, new StorageWrite("k", "1")).Value().Revision);
    }

    [Fact]
    public void Deleting_with_another_revision_conflicts_and_deletes_nothing()
    {
        Storage.Put(ns, new StorageWrite("k", "1"));
        Storage.Delete(ns, "k", 2).Error(StorageErrorKind.Conflict);
        Storage.Delete(ns, "k", 0).Error(StorageErrorKind.Conflict);
        Assert.NotNull(Storage.Get(ns, "k").Value());
        Assert.True(Storage.Delete(ns, "k", 1).Value());
        Assert.False(Storage.Delete(ns, "k", 1).Value());
    }

    [Fact]
    public async Task An_expired_entry_is_absent_to_every_call()
    {
        var entry = Storage.Put(ns, new StorageWrite("k", "1", null, 3600)).Value();
        Assert.NotNull(entry.ExpiresAt);
        Storage.Put(ns, new StorageWrite("k", "2", null, 3600));
        Assert.NotNull(Storage.Get(ns, "k").Value());
        await ExpireAsync();

        Assert.Null(Storage.Get(ns, "k").Value());
        Assert.Empty(Storage.Scan(ns, "", null, 10).Value().Entries);
        Storage.Put(ns, new StorageWrite("k", "3", 2)).Error(StorageErrorKind.Conflict);
        Assert.Equal(1, Storage.Put(ns, new StorageWrite("k", "3", 0, 3600)).Value().Revision);
        await ExpireAsync();
        Assert.False(Storage.Delete(ns, "k", 1).Value());
        Assert.False(Storage.Delete(ns, "k", null).Value());
    }

    [Fact]
    public void A_write_without_ttl_keeps_the_entry_for_good()
    {
        Storage.Put(ns, new StorageWrite("k", "1", null, 3600));
        Assert.Null(Storage.Put(ns, new StorageWrite("k", "1")).Value().ExpiresAt);
    }

    [Fact]
    public void Tenants_extensions_and_namespaces_do_not_see_each_other()
    {
        Storage.Put(ns, new StorageWrite("k", "\"acme\""));
        Assert.Null(fixture.Calls(Invocation.Globex).Get(ns, "k").Value());
        Assert.Null(fixture.Calls(extension: StorageFixture.OtherExtension).Get(ns, "k").Value());
        Assert.Null(Storage.Get(ns + "x", "k").Value());
        Assert.False(fixture.Calls(Invocation.Globex).Delete(ns, "k", null).Value());
        Assert.Empty(fixture.Calls(Invocation.Globex).Scan(ns, "", null, 10).Value().Entries);
        Assert.Equal(1, fixture.Calls(Invocation.Globex).Put(ns, new StorageWrite("k", "\"globex\"")).Value().Revision);
        Assert.Equal("\"acme\"", Storage.Get(ns, "k").Value()!.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("nan")]
    [InlineData("'x'")]
    [InlineData("[1,]")]
    [InlineData("// c\n1")]
    public void What_is_not_json_is_invalid(string value) => Storage.Put(ns, new StorageWrite("k", value)).Error(StorageErrorKind.Invalid);

    [Fact]
    public void Json_is_accepted_up_to_its_depth_and_size_and_not_beyond()
    {
        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
        static string Sized(int bytes) => '"' + new string('x', bytes - 2) + '"';
        Storage.Put(ns, new StorageWrite("k", Nested(StorageLimits.MaxValueDepth))).Value();
        Storage.Put(ns, new StorageWrite("k", Nested(StorageLimits.MaxValueDepth + 1))).Error(StorageErrorKind.Invalid);
        Storage.Put(ns, new StorageWrite("k", Sized(StorageLimits.MaxValueBytes))).Value();
        Storage.Put(ns, new StorageWrite("k", Sized(StorageLimits.MaxValueBytes + 1))).Error(StorageErrorKind.Invalid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public void A_key_that_cannot_be_stored_is_invalid(string key)
    {
        Storage.Get(ns, key).Error(StorageErrorKind.Invalid);
        Storage.Put(ns, new StorageWrite(key, "1")).Error(StorageErrorKind.Invalid);
        Storage.Delete(ns, key, null).Error(StorageErrorKind.Invalid);
    }

    [Fact]
    public void A_key_is_measured_in_bytes()
    {
        Storage.Put(ns, new StorageWrite(new string('é', StorageLimits.MaxKeyBytes / 2), "1")).Value();
        Storage.Put(ns, new StorageWrite(new string('é', StorageLimits.MaxKeyBytes / 2) + "x", "1")).Error(StorageErrorKind.Invalid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void A_namespace_has_a_plain_name(string bad)
    {
        Storage.Get(bad, "k").Error(StorageErrorKind.Invalid);
        Storage.Scan(bad, "", null, 1).Error(StorageErrorKind.Invalid);
        Storage.Commit(bad, [new StorageChange("k", null, null)]).Error(StorageErrorKind.Invalid);
    }

    [Fact]
    public void A_revision_beyond_all_revisions_and_no_time_to_live_are_invalid()
    {
        Storage.Put(ns, new StorageWrite("k", "1", ulong.MaxValue)).Error(StorageErrorKind.Invalid);
        Storage.Delete(ns, "k", ulong.MaxValue).Error(StorageErrorKind.Invalid);
        Storage.Put(ns, new StorageWrite("k", "1", null, 0)).Error(StorageErrorKind.Invalid);
        Storage.Put(ns, new StorageWrite("k", "1", null, uint.MaxValue)).Error(StorageErrorKind.Invalid);
    }

    private Task ExpireAsync() =>
        fixture.ExecuteAsOwnerAsync($"set app.tenant_id = '{Invocation.Acme}'; update extension_storage_entry set expires_at = now() - interval '1 second' where namespace = '{ns}'");
}
