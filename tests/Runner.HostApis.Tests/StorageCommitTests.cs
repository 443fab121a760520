using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class StorageCommitTests(StorageFixture fixture) : IClassFixture<StorageFixture>
{
    private readonly string ns = $"c{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    private StorageCalls Storage => fixture.Calls();

    [Fact]
    public void All_changes_happen_and_written_entries_come_back_in_the_order_given()
    {
        Storage.Put(ns, new StorageWrite("old", "0"));
        Storage.Put(ns, new StorageWrite("b", "0"));
        var written = Storage.Commit(ns, [Put("z", "1", 0), Delete("old", 1), Put("b", "2", 1), Delete("missing"), Put("a", "3")]).Value();
        Assert.Equal([("z", 1L), ("b", 2L), ("a", 1L)], written.Select(entry => (entry.Key, entry.Revision)));
        Assert.Null(Storage.Get(ns, "old").Value());
        Assert.Equal("3", Storage.Get(ns, "a").Value()!.Value);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("delete")]
    public void One_conflict_undoes_all(string kind)
    {
        Storage.Put(ns, new StorageWrite("m", "0"));
        var bad = kind == "put" ? Put("m", "9", 5) : Delete("m", 5);
        var error = Storage.Commit(ns, [Put("a", "1"), bad, Put("z", "1")]).Error(StorageErrorKind.Conflict);
        Assert.Contains("\"m\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(["m"], Storage.Scan(ns, "", null, 10).Value().Entries.Select(entry => entry.Key));
        Assert.Equal("0", Storage.Get(ns, "m").Value()!.Value);
    }

    [Fact]
    public void No_changes_are_no_entries() => Assert.Empty(Storage.Commit(ns, []).Value());

    [Fact]
    public void A_key_twice_is_invalid() => Storage.Commit(ns, [Put("a", "1"), Delete("a")]).Error(StorageErrorKind.Invalid);

    [Fact]
    public void One_invalid_change_is_named_and_nothing_is_sent()
    {
        var error = Storage.Commit(ns, [Put("a", "1"), Put("b", "{")]).Error(StorageErrorKind.Invalid);
        Assert.StartsWith("Change 2:", error.Message, StringComparison.Ordinal);
        Assert.Null(Storage.Get(ns, "a").Value());
    }

    [Fact]
    public void Changes_are_accepted_up_to_their_number_and_not_beyond()
    {
        var most = Enumerable.Range(0, StorageLimits.MaxChanges).Select(i => Put($"k{i}", "1")).ToList();
        Assert.Equal(StorageLimits.MaxChanges, Storage.Commit(ns, most).Value().Count);
        Storage.Commit(ns, [.. most, Put("more", "1")]).Error(StorageErrorKind.Invalid);
    }

    [Fact]
    public void Changes_are_bounded_in_bytes()
    {
        var value = '"' + new string('x', StorageLimits.MaxValueBytes - 2) + '"';
        Storage.Commit(ns, [.. Enumerable.Range(0, 17).Select(i => Put($"k{i}", value))]).Error(StorageErrorKind.Invalid);
    }

    [Fact]
    public void Commits_in_opposite_order_do_not_lock_each_other_out()
    {
        using var source = Database.DatabaseServiceCollectionExtensions.CreateDataSource(fixture.Database.Runner);
        var refused = 0;
        GuestThreads.Run(4, number =>
        {
            for (var i = 0; i < 10; i++)
            {
                StorageChange[] changes = [Put("a", "1"), Put("b", "1"), Put("c", "1")];
                if (number % 2 == 0) Array.Reverse(changes);
                if (!fixture.Calls(source: source).Commit(ns, changes).TryGet(out var _, out var _)) Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal(0, refused);
        Assert.Equal(40, Storage.Get(ns, "a").Value()!.Revision);
    }

    private static StorageChange Put(string key, string value, ulong? ifRevision = null) => new(key, new StorageWrite(key, value, ifRevision), ifRevision);

    private static StorageChange Delete(string key, ulong? ifRevision = null) => new(key, null, ifRevision);
}
