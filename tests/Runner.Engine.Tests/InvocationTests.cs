using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Engine.Tests;

public sealed class InvocationTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public static TheoryData<GuestClass> Classes { get; } = [.. Enum.GetValues<GuestClass>()];

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_guest_answers()
    {
        var response = sandbox.Answer("hello");
        Assert.Equal(200, response.Status);
        Assert.Equal("hello", response.Body.Text);
    }

    [Fact]
    public void Text_headers_and_status_cross_unchanged_both_ways()
    {
        var response = sandbox.Answer("echo", Sandbox.Request(body: "grüß 🙂") with
        {
            Endpoint = "418",
            Headers = [new("x-ext-a", "1"), new("x-ext-a", "2"), new("content-type", "text/plain")],
        });
        Assert.Equal(418, response.Status);
        Assert.Equal("grüß 🙂", response.Body.Text);
        Assert.Equal([new("x-ext-a", "1"), new("x-ext-a", "2"), new("content-type", "text/plain")], response.Headers);
    }

    [Fact]
    public void Bytes_cross_unchanged_both_ways_up_to_the_cap()
    {
        var bytes = new byte[PlatformLimits.MaxBinaryBodyBytes];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 7);
        Assert.Equal(bytes, sandbox.Answer("echo", Sandbox.Request() with { Body = GuestBody.OfBinary(bytes) }).Body.Binary);
    }

    [Fact]
    public void Text_crosses_both_ways_at_its_cap()
    {
        var text = new string('a', PlatformLimits.MaxTextBodyBytes);
        Assert.Equal(text, sandbox.Answer("echo", Sandbox.Request(body: text)).Body.Text);
    }

    [Fact]
    public void A_counter_in_a_guest_global_is_always_1()
    {
        for (var i = 0; i < 50; i++) Assert.Equal(1, sandbox.Number("counter"));
    }

    [Fact]
    public void A_crash_leaves_the_next_request_unharmed()
    {
        Assert.Equal(ErrorCode.GuestTrap, sandbox.Refuse("unreachable").Code);
        Assert.Equal("hello", sandbox.Answer("hello").Body.Text);
        Assert.Equal(ErrorCode.Timeout, sandbox.Refuse("loop", timeoutMs: 20).Code);
        Assert.Equal("hello", sandbox.Answer("hello").Body.Text);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Memory_of_one_guest_is_zero_for_the_next(GuestClass guestClass)
    {
        var dirty = sandbox.LoadAs(guestClass, Guest.Wasm("counter", "(global.get $count)", "(block (result i32) (i32.store (i32.const 100000) (i32.const 77)) (global.get $count))"));
        var reader = sandbox.LoadAs(guestClass, Guest.Wasm("counter", "(call $answer_number (global.get $count))", "(call $answer_number (i32.load (i32.const 100000)))"));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(sandbox.Invoke(dirty, Sandbox.Request()).TryGet(out _, out _));
            Assert.True(sandbox.Invoke(reader, Sandbox.Request()).TryGet(out var response, out _));
            Assert.Equal(0, BitConverter.ToInt32(response.Body.Binary));
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void What_a_guest_wrote_over_its_data_is_as_it_was_for_the_next_of_the_same_component(GuestClass guestClass)
    {
        // Answers with what its data begins with, and writes over it.
        var guest = sandbox.LoadAs(guestClass, Guest.Wasm(
            "counter",
            "(func (export \"handle\") (type $handle)",
            """
            (data (i32.const 70000) "\2a\00\00\00")
            (func (export "handle") (type $handle)
              (global.set $count (i32.sub (i32.load (i32.const 70000)) (i32.const 1)))
              (i32.store (i32.const 70000) (i32.const 77))
            """));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out var response, out _));
            Assert.Equal(42, BitConverter.ToInt32(response.Body.Binary));
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Nothing_of_what_a_guest_grew_and_filled_is_found_by_the_next(GuestClass guestClass)
    {
        const string Grow = "(drop (memory.grow (i32.const 500)))";
        var dirty = sandbox.LoadAs(guestClass, Guest.Wasm("counter", "(call $answer_number (global.get $count))", $"{Grow} (memory.fill (i32.const 131072) (i32.const 0x5a) (i32.const 32768000)) (call $answer_number (i32.load (i32.const 32000000)))"));
        // Counts what is not zero in all that it grew.
        var scan = sandbox.LoadAs(guestClass, Guest.Wasm(
            "counter",
            "(call $answer_number (global.get $count))",
            $"""
            {Grow} (global.set $count (i32.const 0)) (global.set $next (i32.const 131072))
            (loop $more
              (if (i64.ne (i64.load (global.get $next)) (i64.const 0)) (then (global.set $count (i32.add (global.get $count) (i32.const 1)))))
              (global.set $next (i32.add (global.get $next) (i32.const 8)))
              (br_if $more (i32.lt_u (global.get $next) (i32.const 32899072))))
            (call $answer_number (global.get $count))
            """));
        // More rounds than there are slots.
        for (var i = 0; i < 10; i++)
        {
            Assert.True(sandbox.Invoke(dirty, Sandbox.Request()).TryGet(out var filled, out var refusal), refusal?.Message);
            Assert.Equal(0x5a5a5a5a, BitConverter.ToInt32(filled.Body.Binary));
            Assert.True(sandbox.Invoke(scan, Sandbox.Request()).TryGet(out var found, out refusal), refusal?.Message);
            Assert.Equal(0, BitConverter.ToInt32(found.Body.Binary));
        }
    }

    [Fact]
    public void A_guest_gets_no_environment_and_no_arguments_but_random_numbers()
    {
        var first = sandbox.Answer("wasi").Body.Binary!;
        var second = sandbox.Answer("wasi").Body.Binary!;
        Assert.Equal(0, BitConverter.ToInt64(first));
        Assert.NotEqual(BitConverter.ToInt64(first, 8), BitConverter.ToInt64(second, 8));
    }

    [Fact]
    public void More_sandboxes_than_slots_are_refused_as_overloaded()
    {
        var calls = sandbox.Load("calls");
        // Each level holds a sandbox on a thread of its own while the next is asked for; there are four slots.
        Refusal? deepest = null;
        var depth = 0;
        sandbox.Host.During = () =>
        {
            if (++depth > 4) return;
            var thread = new Thread(() =>
            {
                var deadline = InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System);
                if (!Invoker.Invoke(calls, Sandbox.Request("/context"), new InvocationLimits(64), deadline, sandbox.Host).Outcome.TryGet(out _, out var refusal)) deepest = refusal;
            });
            thread.Start();
            thread.Join();
        };
        Assert.True(sandbox.Invoke(calls, Sandbox.Request("/context")).TryGet(out _, out _));
        Assert.Equal(ErrorCode.Overloaded, deepest?.Code);
    }

    [Theory]
    [InlineData(3, "(core module $x (memory 1)) ", "(core instance (instantiate $x)) ")]
    [InlineData(14, "(core module $x (table 1 funcref)) ", "(core instance (instantiate $x)) ")]
    [InlineData(58, "(core module $x) ", "(core instance (instantiate $x)) ")]
    public void Components_with_as_many_parts_as_they_may_have_leave_a_sandbox_for_everybody(int many, string module, string instance)
    {
        const string First = "(core instance $lib_instance (instantiate $lib))";
        using var largest = sandbox.Load(Guest.Wasm("calls", First, First + module + string.Concat(Enumerable.Repeat(instance, many))));
        var depth = 0;
        Refusal? deepest = null;
        // Each level holds a sandbox on a thread of its own while the next is taken.
        sandbox.Host.During = () =>
        {
            if (++depth == Sandbox.Slots) return;
            var thread = new Thread(() =>
            {
                var deadline = InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System);
                if (!Invoker.Invoke(largest, Sandbox.Request("/context"), new InvocationLimits(64), deadline, sandbox.Host).Outcome.TryGet(out _, out var refusal)) deepest = refusal;
            });
            thread.Start();
            thread.Join();
        };
        Assert.True(sandbox.Invoke(largest, Sandbox.Request("/context")).TryGet(out _, out var first), first?.ToString());
        Assert.Null(deepest);
        Assert.Equal(Sandbox.Slots, depth);
    }

    [Fact]
    public void Many_threads_run_guests_at_once()
    {
        var guest = sandbox.Load("echo");
        var wrong = 0;
        var threads = Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var text = $"{number}-{i}";
                var deadline = InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System);
                var outcome = Invoker.Invoke(guest, Sandbox.Request(body: text), new InvocationLimits(64), deadline, sandbox.Host).Outcome;
                if (!outcome.TryGet(out var response, out _) || response.Body.Text != text) Interlocked.Increment(ref wrong);
            }
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(0, wrong);
    }
}
