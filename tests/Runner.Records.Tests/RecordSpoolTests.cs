using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Runner.Records.Tests;

public sealed class RecordSpoolTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("spool-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Without_a_folder_it_is_never_open()
    {
        using var spool = new RecordSpool(new RecordOptions(), TimeProvider.System, NullLogger<RecordSpool>.Instance);
        spool.Open();
        Assert.False(spool.IsOpen);
        Assert.False(spool.HasSegments);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_gone_on_without()
    {
        var file = Path.Combine(root, "file");
        File.WriteAllText(file, "in the way");
        using var spool = Create(Path.Combine(file, "below"));
        Assert.False(spool.IsOpen);
    }

    [Fact]
    public void What_was_appended_comes_back_oldest_first_and_is_gone_when_deleted()
    {
        using var spool = Create();
        var records = new[] { Sample.Record(), Sample.Record(), Sample.Record() };
        Assert.Equal(2, spool.Append(records[..2]));
        Assert.Equal(1, spool.Append(records[2..]));
        Assert.True(spool.Bytes > 0);

        var segment = spool.TakeOldest()!;
        Assert.Equal(records, segment.Records);
        // Until it is deleted it is the oldest.
        Assert.Same(segment, spool.TakeOldest());
        spool.Delete(segment);
        Assert.Null(spool.TakeOldest());
        Assert.False(spool.HasSegments);
        Assert.Equal(0, spool.Bytes);
        Assert.Empty(Directory.GetFiles(root));
    }

    [Fact]
    public void What_a_killed_process_left_is_found_by_the_next_up_to_the_torn_end()
    {
        var records = new[] { Sample.Record(), Sample.Record() };
        using (var killed = Create()) killed.Append(records);
        var file = Assert.Single(Directory.GetFiles(root));
        using (var stream = new FileStream(file, FileMode.Append)) stream.Write([9, 0, 0, 0, 1, 2, 3]);

        using var spool = Create();
        Assert.True(spool.HasSegments);
        var segment = spool.TakeOldest()!;
        Assert.Equal(records, segment.Records);
        spool.Delete(segment);
        Assert.Empty(Directory.GetFiles(root));
    }

    [Fact]
    public void A_file_that_another_process_writes_is_left_to_it()
    {
        using var writing = Create();
        writing.Append([Sample.Record()]);
        using var other = Create();
        Assert.Null(other.TakeOldest());
        Assert.Equal(0, other.Bytes);
        Assert.Single(writing.TakeOldest()!.Records);
    }

    [Fact]
    public void Beyond_its_size_nothing_is_kept_and_what_was_kept_stays()
    {
        using var spool = Create(bytes: 2_000);
        var records = Enumerable.Range(0, 20).Select(_ => Sample.Record()).ToList();
        var kept = spool.Append(records);
        Assert.InRange(kept, 1, 19);
        Assert.Equal(0, spool.Append(records));
        Assert.InRange(spool.Bytes, 1, 2_000);
        Assert.Equal(records[..kept], spool.TakeOldest()!.Records);
    }

    [Fact]
    public void A_disk_that_is_full_in_the_middle_of_a_record_costs_what_did_not_fit_and_nothing_before_or_after_it()
    {
        using var disk = SmallDisk.TryMount(root);
        // Only root mounts one.
        if (disk is null) return;
        using var spool = Create();
        var before = Enumerable.Range(0, 5).Select(_ => Sample.Record()).ToList();
        var after = new[] { Sample.Record() };
        Assert.Equal(5, spool.Append(before));
        var filler = disk.Fill(leaving: 4096);
        Assert.Equal(0, spool.Append([.. Enumerable.Range(0, 200).Select(_ => Sample.Record())]));
        File.Delete(filler);
        Assert.Equal(1, spool.Append(after));
        Assert.Equal(Directory.GetFiles(root).Sum(file => new FileInfo(file).Length), spool.Bytes);

        var segment = spool.TakeOldest()!;
        Assert.Equal([.. before, .. after], segment.Records);
        spool.Delete(segment);
        Assert.Equal(0, spool.Bytes);
    }

    private RecordSpool Create(string? folder = null, long bytes = 1024 * 1024)
    {
        var spool = new RecordSpool(new RecordOptions { SpoolRoot = folder ?? root, SpoolBytes = bytes }, TimeProvider.System, NullLogger<RecordSpool>.Instance);
        spool.Open();
        return spool;
    }
}
