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

    [Fact]
    public void Used_up_fuel_is_fuel_exhausted()
    {
        // No engine meters fuel now, so the text is Wasmtime's and the guest is missing.
        var refusal = TrapMap.Describe(
            "error while executing at wasm backtrace:\n    0:    0x226 - m!f\nCaused by:\n    wasm trap: all fuel consumed by WebAssembly",
            InvocationPhase.Call, false,
            InvocationDeadline.Start(TimeSpan.FromSeconds(1), TimeProvider.System));
        Assert.Equal(ErrorCode.FuelExhausted, refusal.Code);
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
