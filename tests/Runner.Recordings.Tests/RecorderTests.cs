using System.Text;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.Engine.Tests;

namespace Alga.Extensions.Runner.Recordings.Tests;

public sealed class RecorderTests
{
    private readonly FakeHost host = new();

    [Fact]
    public void What_is_larger_than_a_recording_may_be_is_dropped_and_not_held()
    {
        var recorder = new ExecutionRecorder(host, TimeProvider.System);
        IStorageCalls storage = recorder;
        storage.Put("ns", new StorageWrite("k", new string('x', (Recording.MaxBytes / 4) + 1)));
        Assert.False(recorder.IsTooLarge);
        storage.Put("ns", new StorageWrite("k", new string('x', (Recording.MaxBytes / 4) + 1)));

        Assert.True(recorder.IsTooLarge);
        Assert.Empty(recorder.ToRecord().Calls);
    }

    [Fact]
    public void A_guest_that_reads_the_clock_without_end_leaves_no_recording()
    {
        var recorder = new ExecutionRecorder(host, TimeProvider.System);
        for (var i = 0; i <= RecordingSources.MaxReadings; i++) recorder.Sources.GetMonotonicClock();

        Assert.True(recorder.IsTooLarge);
        Assert.Equal(RecordingSources.MaxReadings + 1, recorder.ToRecord().Sources.MonotonicClock.Count);
    }

    [Fact]
    public void A_recorder_that_fails_is_no_fault_of_the_request()
    {
        var recorder = new ExecutionRecorder(host, new BrokenTimestamps());

        IStorageCalls storage = recorder;
        Assert.True(storage.Get("ns", "k").TryGet(out var entry, out _));

        Assert.Equal("k", entry!.Key);
        Assert.IsType<OverflowException>(recorder.Fault);
        Assert.Empty(recorder.ToRecord().Calls);
    }

    [Fact]
    public void A_secret_is_never_held_as_its_value()
    {
        var recorder = new ExecutionRecorder(host, TimeProvider.System);
        ISecretsCalls secrets = recorder;

        Assert.True(secrets.Get("token").TryGet(out var value, out _));

        Assert.Equal("s3cret", value);
        Assert.Equal("""{"ok":"[secret]"}""", Assert.Single(recorder.ToRecord().Calls).Answer!.ToJsonString());
    }

    [Fact]
    public void Seeded_random_numbers_do_not_depend_on_how_they_are_drawn()
    {
        var seed = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
        var whole = new byte[100];
        new SeededRandom(seed).Fill(whole);
        var pieces = new byte[100];
        var random = new SeededRandom(seed);
        foreach (var (from, to) in new[] { (0, 1), (1, 33), (33, 33), (33, 98), (98, 100) }) random.Fill(pieces.AsSpan(from..to));

        Assert.Equal(whole, pieces);
        Assert.NotEqual(whole[..32], whole[32..64]);
    }

    /// <summary>A clock of which no elapsed time can be told.</summary>
    private sealed class BrokenTimestamps : TimeProvider
    {
        public override long TimestampFrequency => throw new OverflowException();
    }
}
