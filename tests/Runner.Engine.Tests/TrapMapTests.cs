using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>One test per row of the trap map, each through a guest that really does it where the sandbox allows one.</summary>
public sealed class TrapMapTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("unreachable")]
    [InlineData("out-of-bounds")]
    [InlineData("divide-by-zero")]
    [InlineData("null-call")]
    [InlineData("recursion")]
    public void A_crash_is_a_guest_trap(string guest) => Assert.Equal(ErrorCode.GuestTrap, sandbox.Refuse(guest).Code);

    [Theory]
    [InlineData("in the allocator")]
    [InlineData("after the answer")]
    public void A_call_from_where_a_component_may_not_call_is_a_guest_trap(string place) =>
        Assert.Equal(ErrorCode.GuestTrap, sandbox.Refuse(Guest.Wasm("reentry", $"(; {place} ;)", "(drop (call $now))"), Sandbox.Request(body: "text")).Code);

    [Theory]
    [InlineData("(drop (call $now))")]
    [InlineData("(call $inside)")]
    public void A_handler_may_call_and_be_called_back(string call)
    {
        using var guest = sandbox.Load(Guest.Wasm("reentry", "(; in the handler ;)", call));
        Assert.True(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out var response, out var refusal), refusal?.ToString());
        Assert.Equal(200, response.Status);
    }

    [Fact]
    public void An_endless_loop_is_a_timeout() => Assert.Equal(ErrorCode.Timeout, sandbox.Refuse("loop", timeoutMs: 30).Code);

    [Fact]
    public void A_crash_cannot_pass_for_a_timeout_by_its_name() => Assert.Equal(ErrorCode.GuestTrap, sandbox.Refuse("named-interrupt").Code);

    [Fact]
    public void A_memory_that_starts_too_large_is_a_memory_limit()
    {
        var guest = sandbox.Load(Guest.Wasm("large-memory", "(memory (export \"memory\") 2)", "(memory (export \"memory\") 1040)"));
        Assert.False(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.MemoryLimit, refusal.Code);
    }

    [Theory]
    [InlineData("memory_limit", ErrorCode.MemoryLimit)]
    [InlineData("something_else", ErrorCode.GuestTrap)]
    public void A_guest_that_says_it_is_out_of_memory_before_it_ends_is_a_memory_limit(string fault, ErrorCode expected)
    {
        var dying = sandbox.Load(Guest.Wasm("calls", "(return (call $answer (i32.const 204)", "(unreachable) (return (call $answer (i32.const 204)"));
        var request = Sandbox.Request("/log", "out of memory") with { Query = [new("alga.fault", fault)] };

        Assert.False(sandbox.Invoke(dying, request).TryGet(out _, out var refusal));

        Assert.Equal(expected, refusal.Code);
    }

    [Fact]
    public void Memory_grows_to_its_limit_and_not_beyond()
    {
        var pages = sandbox.Number("memory-growth");
        Assert.InRange(pages, 1000, Sandbox.MemoryMb * 16);
    }

    [Fact]
    public void A_table_grows_to_its_limit_and_not_beyond() => Assert.InRange(sandbox.Number("table-growth"), 19_000, 20_000);

    [Theory]
    [InlineData("loop")]
    [InlineData("recursion")]
    public void Used_up_fuel_is_fuel_exhausted(string name)
    {
        using var guest = sandbox.Load(Guest.Wasm(name), metered: true);
        Assert.False(sandbox.Invoke(guest, Sandbox.Request(), fuel: 10_000).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.FuelExhausted, refusal.Code);
        Assert.InRange(sandbox.Fuel, 9_000, 10_000);
    }

    [Fact]
    public void A_guest_within_its_fuel_answers_and_is_counted_the_same_each_time()
    {
        using var guest = sandbox.Load(Guest.Wasm("hello"), metered: true);
        var counts = new HashSet<long>();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(sandbox.Invoke(guest, Sandbox.Request(), fuel: 1_000_000).TryGet(out _, out var refusal), refusal?.Message);
            counts.Add(sandbox.Fuel);
        }

        Assert.InRange(Assert.Single(counts), 1, 1_000_000);
    }

    [Fact]
    public void Fuel_for_a_guest_that_is_not_counted_is_a_fault_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => sandbox.Invoke(sandbox.Load("hello"), Sandbox.Request(), fuel: 1));

    [Fact]
    public void A_guest_that_dies_of_a_denial_is_capability_denied_with_the_line_to_add()
    {
        sandbox.Host.StorageError = new HostError<StorageErrorKind>(StorageErrorKind.Denied, "Add \"storage.kv\".");
        var refusal = sandbox.Refuse(Guest.Wasm("calls", "(if (i32.load8_u (global.get $out))", "(if (i32.load8_u (global.get $out)) (then (unreachable))) (if (i32.load8_u (global.get $out))"), Sandbox.Request("/get", "k"));
        Assert.Equal(ErrorCode.CapabilityDenied, refusal.Code);
        Assert.Equal("Add \"storage.kv\".", refusal.Message);
    }

    [Fact]
    public void A_guest_that_dies_of_another_error_is_a_guest_trap()
    {
        sandbox.Host.StorageError = new HostError<StorageErrorKind>(StorageErrorKind.Conflict, "Add \"storage.kv\".");
        var refusal = sandbox.Refuse(Guest.Wasm("calls", "(if (i32.load8_u (global.get $out))", "(if (i32.load8_u (global.get $out)) (then (unreachable))) (if (i32.load8_u (global.get $out))"), Sandbox.Request("/get", "k"));
        Assert.Equal(ErrorCode.GuestTrap, refusal.Code);
    }

    [Fact]
    public void A_denial_that_is_followed_by_an_answer_is_forgotten()
    {
        // A denied fetch, then a secret that is there, then the end.
        const string After = "(call $http.fetch (local.get 0) (local.get 1) (local.get 4) (local.get 5) (local.get 10) (local.get 11) (local.get 12) (local.get 13) (local.get 14) (i32.const 0) (i32.const 0) (global.get $out))";
        var request = Sandbox.Request("/Secret", "name") with { Endpoint = "denied" };
        const string Start = "(if (call $is (i32.const 83) (local.get 2)) (then";
        Assert.Equal(ErrorCode.CapabilityDenied, sandbox.Refuse(Guest.Wasm("calls", Start, $"{Start} {After} (unreachable)"), request).Code);
        const string Got = "(call $secrets.get (local.get 13) (local.get 14) (global.get $out))";
        Assert.Equal(ErrorCode.GuestTrap, sandbox.Refuse(Guest.Wasm("calls", Got, $"{After} {Got} (unreachable)"), request).Code);
    }

    [Theory]
    [InlineData("(loop $again (br $again))", ErrorCode.Timeout)]
    [InlineData("(unreachable)", ErrorCode.GuestTrap)]
    [InlineData("(drop (i32.load (i32.const 0x7ffffff0)))", ErrorCode.GuestTrap)]
    public void What_a_start_function_does_ends_like_what_the_handler_does(string body, ErrorCode expected) =>
        Assert.Equal(expected, sandbox.Refuse(Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"hello\") (func $init {body}) (start $init)"), timeoutMs: 100).Code);

    [Theory]
    [InlineData("(loop $again (br $again))", ErrorCode.Timeout)]
    [InlineData("(unreachable)", ErrorCode.GuestTrap)]
    [InlineData("(return (i32.const 0x7ffffff0))", ErrorCode.InvalidResponse)]
    [InlineData("(return (i32.const 3))", ErrorCode.InvalidResponse)]
    public void What_the_allocator_does_ends_like_what_the_handler_does(string body, ErrorCode expected) =>
        Assert.Equal(expected, sandbox.Refuse(Guest.Wasm("hello", "(local $at i32)\n    (local.set $at", $"(local $at i32)\n    {body}\n    (local.set $at"), timeoutMs: 100).Code);

    [Theory]
    [InlineData("(loop $again (br $again))", ErrorCode.Timeout)]
    [InlineData("(unreachable)", ErrorCode.GuestTrap)]
    [InlineData("(call $post (local.get 0))", ErrorCode.GuestTrap)]
    [InlineData("(return_call $post (local.get 0))", ErrorCode.Timeout)]
    public void What_is_done_after_the_answer_ends_like_what_the_handler_does(string body, ErrorCode expected)
    {
        const string Lift = "(canon lift (core func $core_handle) (memory $memory) (realloc $realloc))";
        const string Handle = "(func $handle (param \"request\" $request) (result $response)\n    ";
        var after = $"(core module $n (func $post (export \"post\") (param i32) {body})) (core instance $p (instantiate $n)) (alias core export $p \"post\" (core func $post)) ";
        Assert.Equal(expected, sandbox.Refuse(Guest.Wasm("hello", Handle + Lift, after + Handle + Lift[..^1] + " (post-return $post))"), timeoutMs: 100).Code);
    }

    [Theory]
    [InlineData("(memory.grow (i32.const 0x7fffffff))")]
    [InlineData("(memory.grow (i32.const -1))")]
    public void Growth_beyond_all_bounds_fails_in_the_guest_and_nowhere_else(string growth) =>
        Assert.Equal(-1, BitConverter.ToInt32(Answer(Guest.Wasm("counter", "(call $answer_number (global.get $count))", $"(call $answer_number {growth})"))));

    [Theory]
    [InlineData(2_000, "(core module $x) ", "(core instance (instantiate $x)) ")]
    [InlineData(20, "(core module $x (table 1 funcref)) ", "(core instance (instantiate $x)) ")]
    [InlineData(5, "(core module $x (memory 1)) ", "(core instance (instantiate $x)) ")]
    public void More_instances_tables_or_memories_than_a_sandbox_holds_are_not_run(int many, string module, string instance)
    {
        var wasm = Guest.Wasm("hello", "(core instance $i (instantiate $m))", "(core instance $i (instantiate $m)) " + module + string.Concat(Enumerable.Repeat(instance, many)));
        var engine = sandbox.Engines.ForSize(wasm.Length);
        // Refused when it is compiled, or when it is started: never run.
        if (!engine.Compile(wasm).TryGet(out var guest, out var refusal))
        {
            Assert.Equal(ErrorCode.BundleUnavailable, refusal.Code);
            return;
        }

        using (guest)
        {
            Assert.False(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out _, out refusal));
            Assert.True(refusal.Code is ErrorCode.BundleUnavailable or ErrorCode.MemoryLimit, refusal.ToString());
        }
    }

    private byte[] Answer(byte[] wasm)
    {
        using var guest = sandbox.Load(wasm);
        Assert.True(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out var response, out var refusal), refusal?.ToString());
        return response.Body.Binary!;
    }

    [Theory]
    [InlineData("bad-pointer")]
    [InlineData("bad-text")]
    public void An_answer_that_breaks_the_abi_is_an_invalid_response(string guest) => Assert.Equal(ErrorCode.InvalidResponse, sandbox.Refuse(guest).Code);

    [Fact]
    public void An_answer_of_millions_of_bytes_one_by_one_is_an_invalid_response() =>
        Assert.Equal(ErrorCode.InvalidResponse, sandbox.Refuse("large-binary", Sandbox.Request("/" + new string('x', 800))).Code);

    [Theory]
    [InlineData("unreachable", "canary")]
    [InlineData("named-interrupt", "interrupt")]
    public void No_text_of_the_guest_is_in_the_refusal(string guest, string canary) =>
        Assert.DoesNotContain(canary, sandbox.Refuse(guest).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("/context")]
    [InlineData("/log")]
    [InlineData("/metric")]
    [InlineData("/get")]
    [InlineData("/put")]
    [InlineData("/delete")]
    [InlineData("/scan")]
    [InlineData("/Commit")]
    [InlineData("/http")]
    [InlineData("/Secret")]
    [InlineData("/Names")]
    public void A_fault_of_a_host_call_is_internal_and_its_text_stays_here(string path)
    {
        sandbox.Host.Throw = new InvalidOperationException("canary-5512 wasm trap: interrupt");
        var refusal = sandbox.Refuse("calls", Sandbox.Request(path, "body"));
        Assert.Equal(ErrorCode.Internal, refusal.Code);
        Assert.DoesNotContain("canary", refusal.Message, StringComparison.Ordinal);
        Assert.Same(sandbox.Host.Throw, sandbox.Fault);
    }

    [Fact]
    public void A_host_call_that_outlives_the_deadline_ends_in_a_timeout()
    {
        using var never = new ManualResetEventSlim();
        sandbox.Host.During = () => never.Wait(TimeSpan.FromMilliseconds(200));
        // A loop follows the call, so that the guest has something to be stopped in.
        var slow = sandbox.Load(Guest.Wasm("calls", "(return (call $answer (i32.const 204)", "(loop $again (br $again)) (return (call $answer (i32.const 204)"));
        Assert.False(sandbox.Invoke(slow, Sandbox.Request("/log", "x"), timeoutMs: 50).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Timeout, refusal.Code);
    }
}
