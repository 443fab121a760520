using Alga.Extensions.Runner.Engine.Tests;

namespace Alga.Extensions.Runner.Recordings.Tests;

public sealed class ReplayTests(RecordedGuest guest) : IClassFixture<RecordedGuest>
{
    [Theory]
    [InlineData("/context", "context.current")]
    [InlineData("/get", "storage.get")]
    [InlineData("/put", "storage.put")]
    [InlineData("/delete", "storage.delete")]
    [InlineData("/scan", "storage.scan")]
    [InlineData("/Commit", "storage.commit")]
    [InlineData("/http", "http.fetch")]
    [InlineData("/Names", "secrets.names")]
    public void A_replay_gives_the_recorded_answers_and_ends_as_recorded(string path, string call)
    {
        var recording = guest.Record("calls", RecordedGuest.Request(path));
        var recorded = Assert.Single(recording.Calls);
        Assert.Equal(call, recorded.Name);

        var replay = guest.Replay("calls", recording);

        Assert.Null(replay.Diverged);
        Assert.True(replay.IsSameEnd, $"{recording.End} / {replay.End}");
        Assert.Equal([$"1 {call}"], guest.Steps);
    }

    [Fact]
    public void A_recorded_error_is_given_again()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/http") with { Endpoint = "denied" });
        Assert.Equal(599, recording.End.Status);

        Assert.True(guest.Replay("calls", recording).IsSameEnd);
    }

    [Fact]
    public void An_entry_that_was_missing_is_missing_in_the_replay()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/get", body: "missing"));
        Assert.Equal(404, recording.End.Status);

        Assert.True(guest.Replay("calls", recording).IsSameEnd);
    }

    [Fact]
    public void A_call_with_other_arguments_ends_the_replay_and_shows_both()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/get", body: "as-recorded"));
        var changed = recording with { Request = RecordedGuest.Request("/get", body: "something-else") };

        var replay = guest.Replay("calls", changed);

        Assert.False(replay.IsSameEnd);
        Assert.Equal(1, replay.Diverged!.Step);
        Assert.Equal("""storage.get {"namespace":"ns","key":"as-recorded"}""", replay.Diverged.Expected);
        Assert.Equal("""storage.get {"namespace":"ns","key":"something-else"}""", replay.Diverged.Actual);
        Assert.Empty(guest.Steps);
    }

    [Fact]
    public void A_call_beyond_the_recording_ends_the_replay()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/get")) with { Calls = [] };

        var replay = guest.Replay("calls", recording);

        Assert.Equal("the end", replay.Diverged!.Expected);
        Assert.StartsWith("storage.get", replay.Diverged.Actual, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_is_not_made_any_more_is_told_at_the_end()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/get"));
        var replay = guest.Replay("calls", recording with { Calls = [.. recording.Calls, recording.Calls[0]] });

        Assert.Equal(2, replay.Diverged!.Step);
        Assert.Equal("the end", replay.Diverged.Actual);
        Assert.False(replay.IsSameEnd);
    }

    [Fact]
    public void Another_end_is_seen_although_all_calls_were_the_same()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/get"));

        var replay = guest.Replay("calls", recording with { End = recording.End with { Status = 201 } });

        Assert.Null(replay.Diverged);
        Assert.False(replay.IsSameEnd);
    }

    [Fact]
    public void A_trap_is_replayed_as_a_trap()
    {
        var recording = guest.Record("unreachable", RecordedGuest.Request("/"));
        Assert.Equal("guest_trap", recording.End.Code);

        Assert.True(guest.Replay("unreachable", recording).IsSameEnd);
    }

    [Fact]
    public void A_failure_of_the_platform_is_replayed_where_it_was()
    {
        guest.Host.Throw = new InvalidOperationException("canary");
        Recording recording;
        try
        {
            recording = guest.Record("calls", RecordedGuest.Request("/get"));
        }
        finally
        {
            guest.Host.Throw = null;
        }

        Assert.Null(Assert.Single(recording.Calls).Answer);
        Assert.Equal("internal", recording.End.Code);
        Assert.True(guest.Replay("calls", recording).IsSameEnd);
    }

    [Fact]
    public void Clocks_and_random_numbers_are_those_of_the_recording()
    {
        var recording = guest.Record("clocks", RecordedGuest.Request("/"));
        Assert.Single(recording.Sources.WallClock);
        Assert.Single(recording.Sources.MonotonicClock);
        var seconds = BitConverter.ToUInt64(recording.End.Body.Binary!, 0);
        Assert.Equal(recording.Sources.WallClock[0] / 1_000_000_000, seconds);

        Assert.True(guest.Replay("clocks", recording).IsSameEnd);
    }

    [Fact]
    public void Two_recordings_have_different_random_numbers()
    {
        var first = guest.Record("clocks", RecordedGuest.Request("/"));
        var second = guest.Record("clocks", RecordedGuest.Request("/"));

        Assert.NotEqual(first.End.Body.Binary![24..], second.End.Body.Binary![24..]);
    }

    [Fact]
    public void A_guest_without_a_recorder_has_the_clocks_and_random_numbers_of_the_process()
    {
        var before = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.True(guest.Invoke("clocks", RecordedGuest.Request("/"), new FakeHost(), null).TryGet(out var response, out var refusal), refusal?.Message);
        Assert.InRange(BitConverter.ToUInt64(response.Body.Binary!, 0), before, before + 3600);
    }

    [Fact]
    public void A_secret_is_a_placeholder_in_the_recording_and_in_the_replay()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/Secret"), secret: "s3cret");
        Assert.DoesNotContain("s3cret", System.Text.Encoding.UTF8.GetString(RecordingJson.Write(recording, text => text)), StringComparison.Ordinal);

        var replay = guest.Replay("calls", recording);

        Assert.True(replay.IsSameEnd);
        Assert.Equal(ExecutionRecorder.SecretPlaceholder, replay.End.Body.Text);
    }

    [Fact]
    public void A_replay_can_be_given_secrets_of_ones_own()
    {
        var recording = guest.Record("calls", RecordedGuest.Request("/Secret", body: "token"), secret: "s3cret");

        var replay = guest.Replay("calls", recording, new Dictionary<string, string> { ["token"] = "mine" });

        Assert.Equal("mine", replay.End.Body.Text);
        Assert.True(replay.IsSameEnd);
    }
}
