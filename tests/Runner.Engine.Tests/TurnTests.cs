using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>When a guest that computes in turns has one, and when it has none.</summary>
public sealed class TurnTests : IDisposable
{
    private const string Leave = "leave";
    private const string ReturnAtOnce = "return at once";
    private const string ReturnInTurn = "return in turn";

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_guest_that_never_ends_gives_its_turn_away_again_and_again_and_is_stopped_at_its_deadline(bool metered)
    {
        using var guest = sandbox.Load(Guest.Wasm("loop"), metered);
        var turns = new RecordedTurns(sandbox.Host.Calls);
        Assert.False(Invoke(guest, Sandbox.Request(), turns, timeoutMs: 300).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Timeout, refusal.Code);
        Assert.InRange(turns.Rotations, 2, 300);
    }

    [Fact]
    public void A_guest_whose_time_is_over_when_it_has_its_next_turn_computes_no_more()
    {
        using var never = new ManualResetEventSlim();
        var turns = new RecordedTurns(sandbox.Host.Calls) { During = () => never.Wait(TimeSpan.FromMilliseconds(400)) };
        Assert.False(Invoke(sandbox.Load("loop"), Sandbox.Request(), turns, timeoutMs: 300).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Timeout, refusal.Code);
        Assert.Equal(1, turns.Rotations);
    }

    [Theory]
    [InlineData("/get", "get GET k")]
    [InlineData("/put", "put GET ")]
    [InlineData("/http", "fetch ")]
    [InlineData("/Secret", "secret k")]
    public void A_guest_has_no_turn_while_it_waits_for_what_is_done_elsewhere(string path, string call)
    {
        // Its time does not pass: on a busy machine a turn would be used up before the call, and the guest come back in turn.
        Assert.True(Invoke(sandbox.Load("calls"), Sandbox.Request(path, "k"), new RecordedTurns(sandbox.Host.Calls), time: new ManualTime()).TryGet(out _, out var refusal), refusal?.ToString());
        Assert.Collection(
            sandbox.Host.Calls,
            first => Assert.Equal(Leave, first),
            second => Assert.StartsWith(call, second, StringComparison.Ordinal),
            third => Assert.Equal(ReturnAtOnce, third));
    }

    [Theory]
    [InlineData("/context")]
    [InlineData("/log")]
    [InlineData("/metric")]
    public void A_guest_keeps_its_turn_for_calls_that_take_no_time(string path)
    {
        Assert.True(Invoke(sandbox.Load("calls"), Sandbox.Request(path, "k"), new RecordedTurns(sandbox.Host.Calls)).TryGet(out _, out var refusal), refusal?.ToString());
        Assert.DoesNotContain(Leave, sandbox.Host.Calls);
        Assert.Single(sandbox.Host.Calls);
    }

    [Fact]
    public void A_guest_has_its_turn_again_after_a_host_call_that_failed()
    {
        sandbox.Host.Throw = new InvalidOperationException("x");
        Assert.False(Invoke(sandbox.Load("calls"), Sandbox.Request("/get", "k"), new RecordedTurns(sandbox.Host.Calls), time: new ManualTime()).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Internal, refusal.Code);
        Assert.Equal(Leave, sandbox.Host.Calls[0]);
        Assert.Equal(ReturnAtOnce, sandbox.Host.Calls[^1]);
    }

    [Fact]
    public void What_a_guest_waits_for_is_not_part_of_its_turn()
    {
        var time = new ManualTime();
        using var never = new ManualResetEventSlim();
        // Really as well, so that Wasmtime asks whether its turn is over.
        sandbox.Host.During = () =>
        {
            never.Wait(TimeSpan.FromMilliseconds(60));
            time.Advance(TimeSpan.FromSeconds(1));
        };
        var turns = new RecordedTurns(sandbox.Host.Calls);
        Assert.True(Invoke(sandbox.Load("calls"), Sandbox.Request("/get", "k"), turns, time: time).TryGet(out _, out var refusal), refusal?.ToString());
        Assert.Equal(0, turns.Rotations);
    }

    [Fact]
    public void A_guest_that_used_up_a_turn_waits_for_one_after_a_host_call()
    {
        var time = new ManualTime();
        var turns = new RecordedTurns(sandbox.Host.Calls);
        var guest = new GuestTurns(turns, InvocationDeadline.Start(TimeSpan.FromSeconds(20), time));
        guest.Leave();
        guest.Return();
        time.Advance(TimeSpan.FromMilliseconds(9));
        guest.Next();
        Assert.Equal(0, turns.Rotations);
        time.Advance(TimeSpan.FromMilliseconds(1));
        guest.Next();
        guest.Leave();
        guest.Return();
        Assert.Equal(1, turns.Rotations);
        Assert.Equal([Leave, ReturnAtOnce, Leave, ReturnInTurn], sandbox.Host.Calls);
    }

    private Outcome<GuestResponse> Invoke(GuestComponent guest, GuestRequest request, IProcessorTurns turns, int timeoutMs = 20_000, TimeProvider? time = null) =>
        Invoker.Invoke(
            guest, request, new InvocationLimits(Sandbox.MemoryMb), InvocationDeadline.Start(TimeSpan.FromMilliseconds(timeoutMs), time ?? TimeProvider.System), sandbox.Host, turns: turns).Outcome;

    private sealed class RecordedTurns(List<string> calls) : IProcessorTurns
    {
        public Action? During { get; init; }

        public int Rotations { get; private set; }

        public void Rotate(TimeSpan atMost)
        {
            Rotations++;
            Assert.InRange(atMost, TimeSpan.Zero, TimeSpan.FromSeconds(20));
            During?.Invoke();
        }

        public void Leave() => calls.Add(TurnTests.Leave);

        public void Return(TimeSpan atMost) => calls.Add(atMost == TimeSpan.Zero ? ReturnAtOnce : ReturnInTurn);
    }
}
