using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using CsCheck;
using Wasmtime;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>What a component is refused for before anybody compiles it.</summary>
public sealed class ComponentCheckTests
{
    private const string Handlers = "handlers";
    private static readonly ComponentDemands All = new(AnswersHttp: true, ReceivesEvents: true, [], PlatformLimits.DefaultMemoryMb);
    private static readonly ComponentDemands Requests = All with { ReceivesEvents = false };
    private static readonly byte[] Whole = Guest.Wasm("calls");

    [Fact]
    public void A_component_of_the_world_fits() => Assert.Empty(Check(Component()));

    [Theory]
    [InlineData("hello")]
    [InlineData("echo")]
    [InlineData("wasi")]
    [InlineData("calls")]
    [InlineData("recursion")]
    public void The_guests_that_the_runner_is_tested_with_fit(string guest) => Assert.Empty(Check(Guest.Wasm(guest), Requests));

    [Theory]
    [InlineData("(field \"status\" u16)", "(field \"status\" u32)", "'handle' of alga:extension/http-handler@2.0.0 with other types")]
    [InlineData("(field \"path\" string)", "(field \"url\" string)", "'handle' of alga:extension/http-handler@2.0.0 with other types")]
    [InlineData("(case \"binary\" (list u8))", "(case \"binary\" (list u16))", "'handle' of alga:extension/http-handler@2.0.0 with other types")]
    [InlineData("(export \"handle\" (func $handle))", "(export \"answer\" (func $handle))", "http-handler@2.0.0 without its function 'handle'")]
    [InlineData("(instance $handler (export \"handle\" (func $handle)))", "(instance $handler)", "http-handler@2.0.0 without its function 'handle'")]
    [InlineData("(field \"attempt\" u32)", "(field \"attempt\" s32)", "'handle' of alga:extension/event-handler@2.0.0 with other types")]
    [InlineData("(export \"handle\" (func $receive)", "(export \"take\" (func $receive)", "event-handler@2.0.0 without its function 'handle'")]
    public void A_handler_of_another_type_is_refused(string oldText, string newText, string because) =>
        Assert.Contains(because, Assert.Single(Check(Component(oldText, newText))), StringComparison.Ordinal);

    [Fact]
    public void What_the_manifest_does_not_declare_is_not_asked_of_the_component() =>
        Assert.Empty(Check(Component("(field \"attempt\" u32)", "(field \"attempt\" s32)"), Requests));

    [Theory]
    [InlineData("log", "(export \"write\" (func (param \"message\" string)))", "'write' of alga:extension/log@2.0.0 with other types")]
    [InlineData("log", "(export \"read\" (func (result string)))", "'read' of alga:extension/log@2.0.0, which has no such function")]
    [InlineData("context", "(export \"current\" (func (result string)))", "'current' of alga:extension/context@2.0.0 with other types")]
    [InlineData("types", "(export \"now\" (func (result u64)))", "'now' of alga:extension/types@2.0.0, which has no such function")]
    public void An_import_of_another_type_is_refused(string name, string member, string because)
    {
        var wasm = name == "types"
            ? Component("(export \"response\" (type $response (eq $response_type)))", $"(export \"response\" (type $response (eq $response_type))) {member}")
            : Importing($"(import \"alga:extension/{name}@2.0.0\" (instance {member}))");

        Assert.Contains(because, Assert.Single(Check(wasm)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("storage", Capability.StorageKv)]
    [InlineData("http", Capability.HttpFetch)]
    [InlineData("secrets", Capability.SecretsGet)]
    [InlineData("metrics", Capability.MetricsEmit)]
    public void An_interface_that_needs_a_capability_is_refused_without_it_and_the_line_is_named(string name, string capability)
    {
        var wasm = Importing($"(import \"alga:extension/{name}@2.0.0\" (instance))");
        var fault = Assert.Single(Check(wasm));

        Assert.Contains($"add \"{capability}\" to capabilities in manifest.json", fault, StringComparison.Ordinal);
        Assert.Empty(Check(wasm, All with { Capabilities = [capability] }));
    }

    [Fact]
    public void The_whole_world_is_what_tools_import_and_asks_for_nothing() => Assert.Empty(Check(Whole, Requests));

    [Fact]
    public void A_script_may_never_call_what_it_imports_and_asks_for_nothing_by_that()
    {
        var component = Importing("(import \"alga:extension/storage@2.0.0\" (instance))");
        byte[] marker = [0, (byte)(SharedCodeNames.Marker.Length + 1), (byte)SharedCodeNames.Marker.Length, .. Encoding.UTF8.GetBytes(SharedCodeNames.Marker)];

        Assert.NotEmpty(Check(component));
        Assert.Empty(Check([.. component, .. marker]));
    }

    [Fact]
    public void Context_and_log_need_no_capability() =>
        Assert.Empty(Check(Importing("(import \"alga:extension/log@2.0.0\" (instance)) (import \"alga:extension/context@2.0.0\" (instance))")));

    [Theory]
    [InlineData("wasi:http/outgoing-handler@0.2.0")]
    [InlineData("wasi:sockets/tcp@0.2.0")]
    [InlineData("acme:own/thing@1.0.0")]
    public void Another_import_is_refused(string name) =>
        Assert.Contains(name, Assert.Single(Check(Importing($"(import \"{name}\" (instance))"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("(memory (export \"memory\") 1)", "(memory (export \"memory\") 1025)", "starts with 65 MiB, more than the 64 MiB")]
    [InlineData("(memory (export \"memory\") 1)", "(memory (export \"memory\") 1 2 shared)", "shared between threads")]
    [InlineData("(; core ;)", "(table 20001 funcref)", "20001 elements")]
    [InlineData("(; core ;)", "(tag $t)", "exceptions")]
    [InlineData("(; core ;)", "(memory i64 1)", "of 64 bits")]
    public void What_no_sandbox_takes_is_refused(string oldText, string newText, string because) =>
        Assert.Contains(because, string.Join('\n', Check(Component(oldText, newText))), StringComparison.Ordinal);

    [Fact]
    public void Memory_that_the_manifest_asks_for_is_allowed() =>
        Assert.Empty(Check(Component("(memory (export \"memory\") 1)", "(memory (export \"memory\") 1025)"), All with { MemoryMb = 65 }));

    [Fact]
    public void A_function_with_too_many_locals_is_refused()
    {
        // The converter's own limit is the same, so the count is raised in the binary: 50,000 i32 become 50,001.
        var wasm = Component("(; core ;)", $"(func (local{string.Concat(Enumerable.Repeat(" i32", 50_000))}))");
        var at = wasm.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xD0, 0x86, 0x03, 0x7F]);
        Assert.True(at > 0);
        wasm[at]++;

        Assert.Contains("50001 local variables", Assert.Single(Check(wasm)), StringComparison.Ordinal);
    }

    [Fact]
    public void More_instances_than_a_sandbox_has_are_refused() =>
        Assert.Contains(
            "65 core instances",
            Assert.Single(Check(Component("(; imports ;)", $"(core module $e){string.Concat(Enumerable.Repeat("(core instance (instantiate $e))", 64))}"))),
            StringComparison.Ordinal);

    [Fact]
    public void A_type_that_doubles_with_each_line_costs_no_more_than_its_text()
    {
        var lines = string.Concat(Enumerable.Range(1, 500).Select(number => $"(type $t{number} (tuple $t{number - 1} $t{number - 1}))"));
        // Not valid for a compiler, which counts the whole; here it must only be cheap.
        Assert.Empty(Check(Component("(; imports ;)", $"(type $t0 (list u8)){lines}")));
    }

    [Fact]
    public void Components_nested_too_deep_are_refused() =>
        Assert.NotEmpty(Check(Component("(; imports ;)", string.Concat(Enumerable.Repeat("(component ", 20)) + new string(')', 20))));

    [Fact]
    public void A_mutated_component_is_refused_or_taken_but_never_throws()
    {
        foreach (var wasm in new[] { Component(), Whole })
        {
            Gen.Select(Gen.Int[8, wasm.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample(
                (at, value, cut) =>
                {
                    byte[] mutated = [.. wasm[..at], value, .. wasm[Math.Min(wasm.Length, at + cut)..]];
                    return Check(mutated).All(fault => fault.Length > 0 && !fault.Any(char.IsControl));
                },
                iter: 5_000);
        }
    }

    private static IReadOnlyList<string> Check(byte[] wasm, ComponentDemands? demands = null) => ComponentCheck.FindFaults(wasm, demands ?? All);

    private static byte[] Importing(string imports) => Component("(; imports ;)", imports);

    private static byte[] Component(string oldText = "", string newText = "")
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "components", Handlers + ".wat"));
        Assert.Contains(oldText, text, StringComparison.Ordinal);
        return Module.ConvertText(oldText.Length == 0 ? text : text.Replace(oldText, newText, StringComparison.Ordinal));
    }
}
