using Alga.Extensions.Bundles;
using Alga.Extensions.Bundles.Rewriting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Services;
using CsCheck;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>What an execution says of its guest's memory.</summary>
public sealed class MemoryGaugeTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_guests_memory_is_what_it_has_at_its_end()
    {
        using var small = Load(Guest.Wasm("hello"));
        Assert.Equal(2 * PlatformExports.PageBytes, Measure(small));
        using var grown = Load(Guest.Wasm("hello", "(func (export \"handle\") (type $handle)", "(func (export \"handle\") (type $handle) (drop (memory.grow (i32.const 30)))"));
        Assert.Equal(32 * PlatformExports.PageBytes, Measure(grown));
        // Each sandbox begins anew.
        Assert.Equal(32 * PlatformExports.PageBytes, Measure(grown));
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("clocks")]
    [InlineData("wasi")]
    public void The_memory_of_a_guest_whose_modules_share_it_is_found_too(string name)
    {
        using var guest = Load(Guest.Wasm(name));
        Assert.True(Measure(guest) > 0);
    }

    [Fact]
    public void The_memory_of_a_TypeScript_extension_is_found_whole_and_with_its_code_apart()
    {
        var sample = Sample("hello");
        using var whole = Load(sample);
        var bytes = Measure(whole);
        Assert.InRange(bytes, 700_000, 8_000_000);
        Assert.True(ComponentSplit.TrySplit(sample, out var split));
        Assert.True(whole.Engine.CompileShared(split.Code).TryGet(out var code, out _));
        using (code)
        {
            Assert.True(MemoryGauge.TryAdd(split.Component, out var gauged));
            Assert.True(whole.Engine.Compile(gauged, code).TryGet(out var linked, out var refusal), refusal?.Message);
            using (linked) Assert.Equal(bytes, Measure(linked));
        }
    }

    [Fact]
    public void A_component_of_another_runtime_gets_a_gauge_too()
    {
        Assert.True(MemoryGauge.TryAdd(Sample("languages", "javascript"), out var gauged));
        Assert.Contains(PlatformExports.MemoryPages, Must(ComponentImports.Read(gauged)).Exports);
    }

    [Fact]
    public void An_event_says_it_as_a_request_does()
    {
        using var guest = Load(Guest.Wasm("events"));
        var call = new GuestEvent { Id = "1", Topic = "ok", OccurredAt = "2026-01-01T00:00:00Z", Attempt = 1, Payload = "{}" };
        Assert.True(Invoke(guest, call).MemoryBytes > 0);
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("loop")]
    public void Of_a_guest_that_did_not_come_to_its_end_nothing_is_said(string name)
    {
        using var guest = Load(Guest.Wasm(name));
        var result = Invoke(guest, Sandbox.Request(), timeoutMs: 200);
        Assert.False(result.Outcome.TryGet(out _, out _));
        Assert.Equal(0, result.MemoryBytes);
    }

    [Fact]
    public void Without_a_gauge_nothing_is_said() => Assert.Equal(0, Measure(sandbox.Load("hello")));

    [Fact]
    public void A_component_that_has_the_name_itself_gets_no_gauge()
    {
        Assert.True(MemoryGauge.TryAdd(Guest.Wasm("hello"), out var gauged));
        Assert.False(MemoryGauge.TryAdd(gauged, out _));
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_is_thrown_and_what_comes_out_is_compiled_or_refused()
    {
        var wasm = Guest.Wasm("calls");
        var engine = sandbox.Engines.For(GuestClass.Compact);
        Gen.Select(Gen.Int[0, wasm.Length - 1], Gen.Byte, Gen.Int[0, wasm.Length]).Sample(
            (at, value, length) =>
            {
                var altered = wasm.ToArray();
                altered[at] = value;
                MemoryGauge.TryAdd(altered.AsMemory(0, length), out _);
                if (!MemoryGauge.TryAdd(altered, out var gauged)) return;
                if (engine.Compile(gauged).TryGet(out var component, out _)) component.Dispose();
            },
            iter: 1_000,
            threads: 1);
    }

    [Fact]
    public void The_memories_that_a_component_makes_are_counted()
    {
        Assert.Equal(1, MemoryCount.Of(Guest.Wasm("hello")));
        Assert.Equal(1, MemoryCount.Of(Guest.Wasm("calls")));
        Assert.Equal(1, MemoryCount.Of(Sample("hello")));
        Assert.Equal(1, MemoryCount.Of(Sample("languages", "javascript")));
        Assert.Equal(3, MemoryCount.Of(Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", "(data (i32.const 1024) \"hello\") (memory $second 1) (memory $third 1)")));
        Assert.Equal(2, MemoryCount.Of(Guest.Wasm("hello", "(; after ;)", "(core instance (instantiate $m))")));
        Assert.Equal(3, MemoryCount.Of(Guest.Wasm("hello", "(; after ;)", "(component $c (core module $n (memory 1)) (core instance (instantiate $n))) (instance (instantiate $c)) (instance (instantiate $c))")));
        Assert.Equal(1_000, MemoryCount.Of(new byte[] { 1, 2, 3 }));
    }

    [Fact]
    public void More_memories_than_a_number_holds_are_too_many_and_not_few()
    {
        const int Instances = 2_200_000;
        const int ItemBytes = 3;
        byte[] module = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0, 5, 2, 0xe8, 0x07];
        byte[] head = [0, (byte)'a', (byte)'s', (byte)'m', 0x0d, 0, 1, 0, 1, (byte)module.Length, .. module, 2, .. Leb((Instances * ItemBytes) + Leb(Instances).Length), .. Leb(Instances)];

        // Each item: an instance, of module 0, without arguments.
        Assert.Equal(1_000, MemoryCount.Of(head.Concat(new byte[Instances * ItemBytes]).ToArray()));
    }

    private static byte[] Leb(int number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7) bytes.Add((byte)(number | 0x80));
        return [.. bytes, (byte)number];
    }

    private static byte[] Sample(params string[] folder) => File.ReadAllBytes(Path.Combine([RepositoryRoot.Find(), "samples", .. folder, "dist", "main.wasm"]));

    private static T Must<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.TryGet(out var value, out var refusal), refusal?.Message);
        return value;
    }

    private GuestComponent Load(byte[] wasm)
    {
        Assert.True(MemoryGauge.TryAdd(wasm, out var gauged));
        return sandbox.Load(gauged);
    }

    private long Measure(GuestComponent guest)
    {
        var result = Invoke(guest, Sandbox.Request("/greetings/ada") with { Endpoint = "/greetings/:name", Params = [new("name", "ada")] });
        Assert.True(result.Outcome.TryGet(out _, out var refusal), refusal?.Message);
        return result.MemoryBytes;
    }

    private InvocationResult Invoke(GuestComponent guest, GuestCall call, int timeoutMs = 20_000) =>
        Invoker.Invoke(guest, call, new InvocationLimits(Sandbox.MemoryMb), InvocationDeadline.Start(TimeSpan.FromMilliseconds(timeoutMs), TimeProvider.System), sandbox.Host);
}
