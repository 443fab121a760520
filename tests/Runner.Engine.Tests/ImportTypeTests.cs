using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>
/// Wasmtime links a component to a host's function whatever types the component says that it has. Publishing refuses other types than the ABI's
/// for the platform's interfaces, and does not look at WASI's. The first of these ended the process: the function read an argument that was not there.
/// </summary>
public sealed class ImportTypeTests : IDisposable
{
    private const string Clock = "wasi:clocks/monotonic-clock@0.2.0";
    private const string Package = "alga:extension/";

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData(Clock, "subscribe-duration", "", "", "(call $f)")]
    [InlineData(Clock, "subscribe-instant", "", "(result i32)", "(drop (call $f))", "(result u32)")]
    [InlineData(Clock, "subscribe-duration", "(param \"when\" u64)", "(param i64)", "(call $f (i64.const 1))")]
    [InlineData(Clock, "subscribe-duration", "(param \"when\" string)", "(param i32 i32)", "(call $f (i32.const 0) (i32.const 9))")]
    [InlineData(Clock, "subscribe-instant", "(param \"when\" u64)", "(param i64) (result i64)", "(drop (call $f (i64.const 1)))", "(result u64)")]
    [InlineData(Package + "context@2.0.0", "current", "", "(result i32)", "(drop (call $f))", "(result u32)")]
    [InlineData(Package + "context@2.0.0", "current", "(param \"a\" u32)", "(param i32 i32)", "(call $f (i32.const 1) (i32.const 16))", "(result string)")]
    [InlineData(Package + "log@2.0.0", "write", "", "", "(call $f)")]
    [InlineData(Package + "log@2.0.0", "write", "(param \"a\" u32) (param \"b\" u64) (param \"c\" u8)", "(param i32 i64 i32)", "(call $f (i32.const 1) (i64.const 2) (i32.const 3))")]
    [InlineData(Package + "metrics@2.0.0", "emit", "(param \"a\" (list u64))", "(param i32 i32)", "(call $f (i32.const 0) (i32.const 1000))")]
    [InlineData(Package + "storage@2.0.0", "get", "(param \"a\" string)", "(param i32 i32)", "(call $f (i32.const 0) (i32.const 9))")]
    [InlineData(Package + "storage@2.0.0", "put", "(param \"a\" string) (param \"b\" (tuple string string))", "(param i32 i32 i32 i32 i32 i32)",
        "(call $f (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 9))")]
    [InlineData(Package + "storage@2.0.0", "commit", "(param \"a\" string) (param \"b\" (list u8))", "(param i32 i32 i32 i32)",
        "(call $f (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 9))")]
    [InlineData(Package + "http@2.0.0", "fetch", "(param \"a\" (tuple string string))", "(param i32 i32 i32 i32)", "(call $f (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 9))")]
    [InlineData(Package + "secrets@2.0.0", "names", "", "(result i64)", "(drop (call $f))", "(result u64)")]
    public void A_guest_that_gives_a_host_function_other_types_ends_its_own_request_and_no_more(
        string name, string function, string parameters, string core, string call, string result = "")
    {
        using var guest = Load(name, function, parameters, core, call, result);

        Assert.False(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out var response, out var refusal), response?.ToString());

        Assert.Equal(ErrorCode.GuestTrap, refusal.Code);
        Assert.Null(sandbox.Fault);
        Assert.Equal("hello", sandbox.Answer("hello").Body.Text);
    }

    /// <summary>Their random numbers and clocks are functions of this platform.</summary>
    [Theory]
    [InlineData("wasi:random/random@0.2.0", "get-random-bytes", "", "", "(call $f)")]
    [InlineData("wasi:random/random@0.2.0", "get-random-u64", "(param \"a\" u32)", "(param i32)", "(call $f (i32.const 1))")]
    [InlineData(Clock, "now", "", "(result i32)", "(drop (call $f))", "(result u32)")]
    public void So_does_one_that_is_recorded(string name, string function, string parameters, string core, string call, string result = "")
    {
        using var guest = Load(name, function, parameters, core, call, result);
        var deadline = InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System);

        var ended = Invoker.Invoke(guest, Sandbox.Request(), new InvocationLimits(Sandbox.MemoryMb), deadline, sandbox.Host, new FixedSources());

        Assert.False(ended.Outcome.TryGet(out var response, out var refusal), response?.ToString());
        Assert.Equal(ErrorCode.GuestTrap, refusal.Code);
        Assert.Null(ended.Fault);
        Assert.Equal("hello", sandbox.Answer("hello").Body.Text);
    }

    private GuestComponent Load(string name, string function, string parameters, string core, string call, string result) =>
        sandbox.Load(Guest.Wasm("other-imports", text => text
            .Replace(Package + "log@2.0.0", name, StringComparison.Ordinal)
            .Replace("\"write\"", $"\"{function}\"", StringComparison.Ordinal)
            .Replace("(; type ;)", $"{parameters} {result}", StringComparison.Ordinal)
            .Replace("(; core type ;)", core, StringComparison.Ordinal)
            .Replace("(call $f)", call, StringComparison.Ordinal)));
}
