using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>What of WASI waits, allocates on the host's side or ends a program, through a guest that has no runtime of ours in between.</summary>
public sealed class TimerTests : IDisposable
{
    private const string Hour = "(i64.const 3600000000000)";
    private const string ForEver = "(i64.const -1)";

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData($"(call $block (call $after {Hour}))")]
    [InlineData($"(call $block (call $after {ForEver}))")]
    [InlineData($"(call $block (call $at {ForEver}))")]
    [InlineData($"(call $block (call $at (i64.add (call $now) {Hour})))")]
    [InlineData($"(i32.store (i32.const 1024) (call $after {Hour})) (i32.store (i32.const 1028) (call $after {ForEver})) (call $poll (i32.const 1024) (i32.const 2) (i32.const 1040))")]
    [InlineData("(loop $again (call $block (local.tee $i (call $after (i64.const 1000000)))) (call $drop (local.get $i)) (br $again))")]
    public void Who_waits_for_what_comes_after_the_deadline_is_stopped_at_the_deadline(string body) =>
        Assert.Equal(ErrorCode.Timeout, sandbox.Refuse(Guest(body), timeoutMs: 200).Code);

    [Fact]
    public void Whichever_version_of_WASI_a_guest_asks_for_it_is_stopped_at_its_deadline()
    {
        const string Body = $"(call $block (call $after {Hour}))";
        for (var patch = 0; patch <= 20; patch++)
        {
            var wasm = Alga.Extensions.Runner.Guests.Guest.Wasm("timers", text => text.Replace("(; body ;)", Body, StringComparison.Ordinal).Replace("@0.2.0", $"@0.2.{patch}", StringComparison.Ordinal));
            // One that is newer than what is offered does not start; none runs on.
            Assert.Contains(sandbox.Refuse(wasm, timeoutMs: 200).Code, new[] { ErrorCode.Timeout, ErrorCode.BundleUnavailable });
        }
    }

    [Theory]
    [InlineData("(call $block (call $after (i64.const 30000000)))")]
    [InlineData("(call $block (call $at (i64.add (call $now) (i64.const 30000000))))")]
    [InlineData("(i32.store (i32.const 1024) (call $after (i64.const 30000000))) (call $poll (i32.const 1024) (i32.const 1) (i32.const 1040))")]
    public void No_timer_is_early(string wait) =>
        Assert.InRange(Answer($"(local.set $n (call $now)) {wait} (i64.store (i32.const 2048) (i64.sub (call $now) (local.get $n)))"), 30_000_000, long.MaxValue);

    [Fact]
    public void A_poll_tells_which_of_its_timers_are_due()
    {
        // At 1040 stand where the list of those that are ready begins, and how many they are.
        const string Body = $"""
            (i32.store (i32.const 1024) (call $after {Hour})) (i32.store (i32.const 1028) (call $after (i64.const 0)))
            (i32.store (i32.const 1032) (call $after {ForEver})) (i32.store (i32.const 1036) (call $after (i64.const 0)))
            (call $poll (i32.const 1024) (i32.const 4) (i32.const 1040))
            (i32.store8 (i32.const 2048) (i32.load (i32.const 1044)))
            (i32.store8 (i32.const 2049) (i32.load (i32.load (i32.const 1040))))
            (i32.store8 (i32.const 2050) (i32.load offset=4 (i32.load (i32.const 1040))))
            (i32.store8 (i32.const 2051) (call $ready (i32.load (i32.const 1024))))
            (i32.store8 (i32.const 2052) (call $ready (i32.load (i32.const 1028))))
            """;
        Assert.Equal([2, 1, 3, 0, 1, 0, 0, 0], BitConverter.GetBytes(Answer(Body)));
    }

    [Fact]
    public void A_guest_whose_clocks_are_recorded_is_stopped_at_its_deadline_too()
    {
        using var guest = sandbox.Load(Guest($"(call $block (call $after {ForEver}))"));
        var deadline = InvocationDeadline.Start(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var result = Invoker.Invoke(guest, Sandbox.Request(), new InvocationLimits(Sandbox.MemoryMb), deadline, sandbox.Host, new FixedSources());
        Assert.False(result.Outcome.TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Timeout, refusal.Code);
    }

    [Fact]
    public void A_guest_whose_instructions_are_counted_has_timers_too()
    {
        using var guest = sandbox.Load(Guest("(call $block (call $after (i64.const 1000000)))"), metered: true);
        Assert.True(sandbox.Invoke(guest, Sandbox.Request(), fuel: 100_000).TryGet(out _, out var refusal), refusal?.ToString());
    }

    [Fact]
    public void As_many_guests_as_there_are_sandboxes_have_timers()
    {
        using var guest = sandbox.Load(Guest("(call $block (call $after (i64.const 200000000)))"));
        var answered = 0;
        var threads = Enumerable.Range(0, Sandbox.Slots).Select(_ => new Thread(() =>
        {
            var deadline = InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System);
            if (Invoker.Invoke(guest, Sandbox.Request(), new InvocationLimits(Sandbox.MemoryMb), deadline, sandbox.Host).Outcome.TryGet(out var _, out var _)) Interlocked.Increment(ref answered);
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(Sandbox.Slots, answered);
    }

    [Fact]
    public void A_standard_stream_is_ready_at_once() =>
        Assert.Equal(1, Answer("(call $block (local.tee $i (call $of_stream (call $stdin)))) (i32.store (i32.const 2048) (call $ready (local.get $i)))"));

    [Fact]
    public void A_timer_that_was_given_back_makes_room_for_the_next() =>
        Assert.Equal(0, Answer($"(local.set $i (i32.const {50_000})) (loop $again (call $drop (call $after {Hour})) (br_if $again (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))"));

    [Theory]
    [InlineData($"(loop $again (drop (call $after {Hour})) (br $again))")]
    [InlineData("(call $poll (i32.const 1024) (i32.const 0) (i32.const 1040))")]
    [InlineData("(call $poll (i32.const 1024) (i32.const 16000) (i32.const 1040))")]
    [InlineData("(call $block (i32.const 77))")]
    [InlineData("(call $bytes (i64.const 0x40000000) (i32.const 1024))")]
    [InlineData("(call $bytes (i64.const -1) (i32.const 1024))")]
    [InlineData("(call $leave (i32.const 0))")]
    [InlineData("(call $leave (i32.const 1))")]
    public void What_takes_too_much_or_ends_the_program_is_a_crash_of_this_guest_alone(string body)
    {
        Assert.Equal(ErrorCode.GuestTrap, sandbox.Refuse(Guest(body)).Code);
        Assert.Equal(200, sandbox.Answer("hello").Status);
    }

    private static byte[] Guest(string body) => Alga.Extensions.Runner.Guests.Guest.Wasm("timers", "(; body ;)", body);

    private long Answer(string body)
    {
        using var guest = sandbox.Load(Guest(body));
        Assert.True(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out var response, out var refusal), refusal?.ToString());
        return BitConverter.ToInt64(response.Body.Binary!);
    }
}
