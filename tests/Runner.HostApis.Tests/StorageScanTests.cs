using Alga.Extensions.Runner.Engine;
using CsCheck;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class StorageScanTests(StorageFixture fixture) : IClassFixture<StorageFixture>
{
    private readonly string ns = $"s{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    private StorageCalls Storage => fixture.Calls();

    [Fact]
    public void Pages_give_each_entry_once_in_byte_order()
    {
        var keys = Enumerable.Range(0, 23).Select(i => $"k{i:00}").ToList();
        foreach (var key in keys) Storage.Put(ns, new StorageWrite(key, "1"));
        Assert.Equal(keys, ScanAll("", 5));
        Assert.Equal(keys, ScanAll("k", 23));
        Assert.Equal(keys, ScanAll("k", 22));
    }

    [Fact]
    public void Writes_in_between_neither_skip_nor_repeat_what_stays()
    {
        var keys = Enumerable.Range(0, 20).Select(i => $"k{i:00}").ToList();
        foreach (var key in keys) Storage.Put(ns, new StorageWrite(key, "1"));
        var seen = new List<string>();
        string? cursor = null;
        var step = 0;
        do
        {
            var page = Storage.Scan(ns, "k", cursor, 3).Value();
            seen.AddRange(page.Entries.Select(entry => entry.Key));
            cursor = page.Cursor;
            // New entries before and after the cursor, and the entry that the cursor names goes.
            Storage.Put(ns, new StorageWrite($"k00-{step}", "1"));
            Storage.Put(ns, new StorageWrite($"k19-{step++}", "1"));
            if (seen.Count > 0) Storage.Delete(ns, seen[^1], null);
        }
        while (cursor is not null);
        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(keys.Except(seen));
    }

    [Theory]
    [InlineData("a%", "a%b")]
    [InlineData("a_", "a_b")]
    [InlineData("a\\", "a\\b")]
    [InlineData("é", "éa")]
    [InlineData("🙂", "🙂🙂")]
    public void A_prefix_is_literal(string prefix, string match)
    {
        foreach (var key in (string[])["a", "axb", "a%b", "a_b", "a\\b", "b", "éa", "🙂🙂", "f"]) Storage.Put(ns, new StorageWrite(key, "1"));
        Assert.Equal([match], ScanAll(prefix, 10));
    }

    [Fact]
    public void Order_is_that_of_bytes_not_of_a_language()
    {
        foreach (var key in (string[])["b", "B", "a", "Z", "_", "é", "z"]) Storage.Put(ns, new StorageWrite(key, "1"));
        Assert.Equal(["B", "Z", "_", "a", "b", "z", "é"], ScanAll("", 2));
    }

    [Fact]
    public void A_page_is_bounded_in_bytes_and_the_next_goes_on()
    {
        var value = '"' + new string('x', StorageLimits.MaxValueBytes - 2) + '"';
        for (var i = 0; i < 20; i++) Storage.Put(ns, new StorageWrite($"k{i:00}", value));
        var first = Storage.Scan(ns, "", null, 200).Value();
        Assert.Equal(StorageLimits.MaxPageBytes / StorageLimits.MaxValueBytes, first.Entries.Count);
        Assert.All(first.Entries, entry => Assert.Equal(value, entry.Value));
        Assert.Equal(20, ScanAll("", 200).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    [InlineData(uint.MaxValue)]
    public void A_limit_out_of_range_is_invalid(uint limit) => Storage.Scan(ns, "", null, limit).Error(StorageErrorKind.Invalid);

    [Theory]
    [InlineData("")]
    [InlineData("!!")]
    [InlineData("AAA")]
    [InlineData("_w")]
    public void A_cursor_that_no_scan_gave_is_invalid(string cursor) => Storage.Scan(ns, "k", cursor, 1).Error(StorageErrorKind.Invalid);

    [Fact]
    public void A_cursor_of_another_prefix_is_invalid() =>
        Storage.Scan(ns, "a", StorageCursor.After("b1"), 1).Error(StorageErrorKind.Invalid);

    [Fact]
    public void The_end_of_a_prefix_stands_after_all_its_keys_and_before_any_other()
    {
        var rune = Gen.OneOf(Gen.Int[0x20, 0x7f], Gen.Int[0xD7F0, 0xD7FF], Gen.Int[0xE000, 0xE010], Gen.Int[0x10FFF0, 0x10FFFF]).Select(code => char.ConvertFromUtf32(code));
        var text = rune.Array[0, 4].Select(string.Concat);
        Gen.Select(text, text).Sample((prefix, other) =>
        {
            var end = KeyRange.EndOf(prefix);
            var below = end is null || Compare(other, end) < 0;
            return (Compare(other, prefix) >= 0 && below) == other.StartsWith(prefix, StringComparison.Ordinal);
        });
    }

    private static int Compare(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));

    private List<string> ScanAll(string prefix, uint limit)
    {
        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var page = Storage.Scan(ns, prefix, cursor, limit).Value();
            Assert.InRange(page.Entries.Count, page.Cursor is null ? 0 : 1, (int)limit);
            keys.AddRange(page.Entries.Select(entry => entry.Key));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return keys;
    }
}
