using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Wasmtime;

namespace Alga.Extensions.Runner.Engine.Tests;

public sealed class CompilationTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void What_was_compiled_is_restored()
    {
        var guest = sandbox.Load("hello");
        using var restored = guest.Engine.Restore(guest.Serialize(), guest.WasmBytes);
        Assert.NotNull(restored);
        Assert.True(sandbox.Invoke(restored, Sandbox.Request()).TryGet(out var response, out _));
        Assert.Equal("hello", response.Body.Text);
    }

    [Fact]
    public void What_is_not_compiled_code_is_not_restored() =>
        Assert.Null(sandbox.Engines.ForSize(1).Restore(Guest.Wasm("hello"), 1));

    [Fact]
    public void Garbage_is_refused() => Refuse([1, 2, 3, 4, 5, 6, 7, 8]);

    [Fact]
    public void A_core_module_is_refused() => Refuse(Module.ConvertText("(module)"));

    [Fact]
    public void A_component_without_the_handler_is_refused() => Refuse(Guest.Wasm("no-handler"));

    [Theory]
    [InlineData("(memory (export \"memory\") i64 2)")]
    [InlineData("(memory (export \"memory\") 2 4 shared)")]
    [InlineData("(memory (export \"memory\") 2) (tag $t)")]
    [InlineData("(memory (export \"memory\") 2) (type $s (struct (field i32)))")]
    public void Features_left_out_of_the_sandbox_are_refused(string text) =>
        Refuse(Guest.Wasm("hello", "(memory (export \"memory\") 2)", text));

    [Theory]
    [InlineData("(core func (canon backpressure.inc))")]
    [InlineData("(core func (canon task.cancel))")]
    [InlineData("(type $f (future string)) (core func (canon future.new $f))")]
    public void The_component_models_async_features_are_refused(string text) =>
        Refuse(Guest.Wasm("no-handler", "(component)", $"(component {text})"), "async");

    [Fact]
    public void Compact_guests_and_scripts_have_engines_of_their_own_that_take_the_same_code()
    {
        var options = new EngineOptions();
        var compact = sandbox.Engines.ForSize(options.ScriptThresholdBytes - 1);
        var script = sandbox.Engines.ForSize(options.ScriptThresholdBytes);
        Assert.Equal(GuestClass.Compact, compact.Class);
        Assert.Equal(GuestClass.Script, script.Class);
        Assert.NotSame(compact, script);
        Assert.Equal(compact.Description, script.Description);
        var code = sandbox.Load("hello").Serialize();
        foreach (var engine in new[] { compact, script })
        {
            using var guest = engine.Restore(code, 1);
            Assert.NotNull(guest);
            Assert.True(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out _, out var refusal), refusal?.Message);
        }
    }

    [Fact]
    public void There_is_room_for_as_many_sandboxes_as_may_be_asked_for()
    {
        using var engines = new EngineSet(new EngineOptions { Slots = EngineOptions.MaxSlots }, TimeProvider.System);
        Assert.NotNull(engines.For(GuestClass.Large, metered: true));
    }

    [Fact]
    public void A_large_component_is_compiled_for_an_engine_of_its_own()
    {
        Assert.Equal(GuestClass.Script, sandbox.Engines.ForSize(EngineOptions.LargeBytes - 1).Class);
        var large = sandbox.Engines.ForSize(EngineOptions.LargeBytes);
        Assert.Equal(GuestClass.Large, large.Class);
        using var guest = sandbox.LoadAs(GuestClass.Large, Guest.Wasm("hello"));
        var code = guest.Serialize();
        Assert.Null(sandbox.Engines.For(GuestClass.Script).Restore(code, 1));
        using var restored = large.Restore(code, 1);
        Assert.NotNull(restored);
        Assert.True(sandbox.Invoke(restored, Sandbox.Request()).TryGet(out _, out var refusal), refusal?.Message);
    }

    [Fact]
    public void An_import_that_nobody_offers_is_refused_at_the_start()
    {
        var guest = sandbox.Load(Guest.Wasm("wasi", "wasi:random/random@0.2.0\"", "nobody:offers/this@1.0.0\""));
        Assert.False(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.BundleUnavailable, refusal.Code);
    }

    private void Refuse(byte[] wasm, string reason = "")
    {
        Assert.False(sandbox.Engines.ForSize(wasm.Length).Compile(wasm).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.BundleUnavailable, refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
