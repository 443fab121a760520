using System.Text;
using Alga.Extensions.Bundles.Rewriting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Services;
using CsCheck;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>Components whose code is compiled apart from them: what such a guest does is what it does whole.</summary>
public sealed class SharedCodeTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    // Their memory is in one module, and what uses it in another; "reentry" has a component inside.
    private static readonly string[] InParts = ["calls", "clocks", "timers", "wasi", "reentry", "other-imports"];

    public static TheoryData<string> Guests =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "guests"), "*.wat").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => name[0] != '_' && name != "no-handler" && !InParts.Contains(name)),
    ];

    [Theory]
    [MemberData(nameof(Guests))]
    public void A_guest_does_the_same_with_its_code_apart(string name)
    {
        var wasm = Guest.Sharing(Guest.Wasm(name));
        Assert.True(ComponentSplit.TrySplit(wasm, out var split));
        using var whole = sandbox.Load(wasm);
        using var code = Must(whole.Engine.CompileShared(split.Code));
        using var linked = Must(whole.Engine.Compile(split.Component, code));
        foreach (var call in Calls)
        {
            // Twice, since what the first one left must be gone.
            for (var round = 0; round < 2; round++) Assert.Equal(Describe(whole, call), Describe(linked, call));
        }
    }

    [Fact]
    public void Memory_and_globals_hold_what_the_component_says_before_its_first_instruction()
    {
        Assert.True(ComponentSplit.TrySplit(Guest.Sharing(Guest.Wasm("state")), out var split));
        var engine = sandbox.Engines.For(GuestClass.Script);
        using var code = Must(engine.CompileShared(split.Code));
        using var linked = Must(engine.Compile(split.Component, code));
        for (var round = 0; round < 2; round++)
        {
            var body = Must(sandbox.Invoke(linked, Sandbox.Request())).Body.Binary!;
            Assert.Equal("acTIve,passive", Encoding.ASCII.GetString(body[..14]));
            Assert.Equal(-7, BitConverter.ToInt32(body.AsSpan(14)));
            Assert.Equal(-1234567890123, BitConverter.ToInt64(body.AsSpan(18)));
            Assert.Equal(1.5f, BitConverter.ToSingle(body.AsSpan(26)));
            Assert.Equal(-2.25, BitConverter.ToDouble(body.AsSpan(30)));
            Assert.Equal(99, BitConverter.ToInt32(body.AsSpan(38)));
            Assert.Equal(2, BitConverter.ToInt32(body.AsSpan(42)));
        }
    }

    [Fact]
    public void Components_that_differ_in_data_and_first_values_have_the_same_code()
    {
        var one = Split(Guest.Wasm("state"));
        var other = Split(Guest.Wasm("state", "\"active,\"", "\"longer than the other one\""));
        var third = Split(Guest.Wasm("state", "(i32.const -7)", "(i32.const 8)"));
        Assert.Equal(one.Code, other.Code);
        Assert.Equal(one.Code, third.Code);
        Assert.NotEqual(one.Component, other.Component);
        Assert.NotEqual(one.Component, third.Component);
        Assert.NotEqual(one.Code, Split(Guest.Wasm("state", "(i32.const 99)", "(i32.const 98)")).Code);
    }

    [Fact]
    public void A_TypeScript_extension_does_the_same_with_its_code_apart_also_after_a_restart()
    {
        var split = Split(Sample);
        var engine = sandbox.Engines.For(GuestClass.Script);
        using var compiled = Must(engine.CompileShared(split.Code));
        using var code = engine.RestoreShared(compiled.Serialize());
        Assert.NotNull(code);
        using var first = Must(engine.Compile(split.Component, code));
        using var second = engine.Restore(first.Serialize(), Sample.Length, code);
        Assert.NotNull(second);
        using var whole = sandbox.Load(Sample);
        var call = Sandbox.Request("/greetings/ada") with { Endpoint = "/greetings/:name", Params = [new("name", "ada")] };
        Assert.StartsWith("200 ", Describe(whole, call), StringComparison.Ordinal);
        Assert.Equal(Describe(whole, call), Describe(first, call));
        Assert.Equal(Describe(whole, call), Describe(second, call));
        // As recorded executions run: with random numbers and clocks of their own.
        var recorded = Invoker.Invoke(first, call, new InvocationLimits(Sandbox.MemoryMb), InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System), sandbox.Host, new FixedSources());
        Assert.Equal(200, Must(recorded.Outcome).Status);
        // What an extension has for itself is a fraction of what it is.
        Assert.InRange(first.Serialize().Length, 1, compiled.Serialize().Length / 2);
    }

    [Fact]
    public void Code_lives_as_long_as_a_component_that_uses_it()
    {
        var split = Split(Guest.Wasm("hello"));
        var engine = sandbox.Engines.For(GuestClass.Script);
        var code = Must(engine.CompileShared(split.Code));
        var guest = Must(engine.Compile(split.Component, code));
        code.Dispose();
        Assert.Equal("hello", Must(sandbox.Invoke(guest, Sandbox.Request())).Body.Text);
        guest.Dispose();
        Assert.False(code.TryUse());
        Assert.Throws<ObjectDisposedException>(() => engine.Compile(split.Component, code));
    }

    [Fact]
    public void Code_that_lacks_what_a_component_needs_does_not_pass_for_its_own()
    {
        var engine = sandbox.Engines.For(GuestClass.Script);
        var split = Split(Guest.Wasm("state"));
        using var other = Must(engine.CompileShared(Split(Guest.Wasm("hello")).Code));
        using var guest = Must(engine.Compile(split.Component, other));
        Assert.False(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out _, out _));
    }

    [Fact]
    public void A_component_that_does_not_say_so_is_not_split() => Assert.False(ComponentSplit.TrySplit(Guest.Wasm("hello"), out _));

    [Fact]
    public void A_component_whose_modules_share_a_memory_is_not_split() => Assert.All(InParts, name => Assert.False(ComponentSplit.TrySplit(Guest.Sharing(Guest.Wasm(name)), out _)));

    [Theory]
    [InlineData("(func $start) (start $start)")]
    [InlineData("(memory $other 1)")]
    [InlineData("(global (export \"alga:memory\") i32 (i32.const 1))")]
    [InlineData("(global $of (mut v128) (v128.const i32x4 1 2 3 4))")]
    public void What_is_not_known_to_be_safe_is_not_split(string addition)
    {
        var wasm = Guest.Sharing(Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"hello\") {addition}"));
        Assert.False(ComponentSplit.TrySplit(wasm, out _));
    }

    [Theory]
    [InlineData("(core module $w (import \"m\" \"memory\" (memory 1)) (data (i32.const 1024) \"HELLO\")) (core instance (instantiate $w (with \"m\" (instance $i))))")]
    [InlineData("(core module $w (func $start) (start $start)) (core instance (instantiate $w))")]
    [InlineData("(core instance (instantiate $m))")]
    [InlineData("(core type (module))")]
    public void A_component_whose_other_modules_could_tell_is_not_split(string addition)
    {
        var wasm = Guest.Sharing(Guest.Wasm("hello", "(; after ;)", addition));
        Assert.False(ComponentSplit.TrySplit(wasm, out _));
    }

    [Fact]
    public void Whatever_the_bytes_are_splitting_does_not_throw_and_what_comes_out_is_compiled_or_refused()
    {
        var wasm = Guest.Sharing(Guest.Wasm("state"));
        var engine = sandbox.Engines.For(GuestClass.Script);
        Gen.Select(Gen.Int[0, wasm.Length - 1], Gen.Byte, Gen.Int[0, wasm.Length]).Sample(
            (at, value, length) =>
            {
                var altered = wasm.ToArray();
                altered[at] = value;
                ComponentSplit.TrySplit(altered.AsMemory(0, length), out _);
                if (!ComponentSplit.TrySplit(altered, out var split)) return;
                if (engine.CompileShared(split.Code).TryGet(out var code, out _)) code.Dispose();
                if (engine.Compile(split.Component).TryGet(out var component, out _)) component.Dispose();
            },
            iter: 2_000,
            threads: 1);
    }

    private static IReadOnlyList<GuestCall> Calls { get; } =
    [
        Sandbox.Request(),
        Sandbox.Request("/storage/put", new string('a', 5_000)),
        new GuestEvent { Id = "1", Topic = "t", OccurredAt = "2026-01-01T00:00:00Z", Attempt = 1, Payload = "{}" },
    ];

    private static byte[] Sample { get; } = File.ReadAllBytes(Path.Combine(RepositoryRoot.Find(), "samples", "hello", "dist", "main.wasm"));

    private static SplitComponent Split(byte[] wasm)
    {
        Assert.True(ComponentSplit.TrySplit(wasm, out var split) || ComponentSplit.TrySplit(Guest.Sharing(wasm), out split));
        return split;
    }

    private static T Must<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.TryGet(out var value, out var refusal), refusal?.Message);
        return value;
    }

    // A short time, since some loop for ever.
    private string Describe(GuestComponent guest, GuestCall call) =>
        sandbox.Invoke(guest, call, timeoutMs: 300).TryGet(out var response, out var refusal)
            ? $"{response.Status} {string.Join(',', response.Headers)} {response.Body.Text} {Convert.ToHexString(response.Body.Binary ?? [])}"
            : refusal.ToString();
}
