using CsCheck;

namespace Alga.Extensions.Bundles.Tests;

public sealed class ComponentTests
{
    private const string HttpHandler = "alga:extension/http-handler@2.0.0";
    private const string EventHandler = "alga:extension/event-handler@2.0.0";

    /// <summary>What componentize-qjs 0.4.5 makes of a guest for the world <c>extension</c>.</summary>
    private static readonly string[] GuestImports =
    [
        "wasi:cli/environment@0.2.12", "wasi:cli/exit@0.2.12", "wasi:io/error@0.2.12", "wasi:io/poll@0.2.12", "wasi:io/streams@0.2.12",
        "wasi:cli/stdin@0.2.12", "wasi:cli/stdout@0.2.12", "wasi:cli/stderr@0.2.12", "wasi:cli/terminal-input@0.2.12",
        "wasi:cli/terminal-output@0.2.12", "wasi:cli/terminal-stdin@0.2.12", "wasi:cli/terminal-stdout@0.2.12",
        "wasi:cli/terminal-stderr@0.2.12", "wasi:clocks/monotonic-clock@0.2.12", "wasi:clocks/wall-clock@0.2.12",
        "wasi:filesystem/types@0.2.12", "wasi:filesystem/preopens@0.2.12", "wasi:random/insecure-seed@0.2.12",
        "alga:extension/context@2.0.0", "alga:extension/log@2.0.0", "alga:extension/metrics@2.0.0", "alga:extension/storage@2.0.0",
        "alga:extension/types@2.0.0", "alga:extension/http@2.0.0", "alga:extension/secrets@2.0.0",
    ];

    private static readonly byte[] Guest = ComponentBytes.Of(GuestImports, ["init", HttpHandler, EventHandler]);

    [Fact]
    public void The_names_of_a_component_are_read_in_order()
    {
        var component = Read(Guest);

        Assert.Equal(GuestImports, component.Imports);
        Assert.Equal(["init", HttpHandler, EventHandler], component.Exports);
    }

    [Fact]
    public void What_the_tool_chain_makes_is_allowed() =>
        Assert.Empty(ComponentRules.FindFaults(Read(Guest), answersHttp: true, receivesEvents: true));

    [Fact]
    public void A_name_that_the_platform_adds_itself_is_refused() =>
        Assert.Contains("alga-memory-pages", Assert.Single(ComponentRules.FindFaults(Read(ComponentBytes.Of(GuestImports, ["alga-memory-pages", HttpHandler, EventHandler])), answersHttp: true, receivesEvents: true)), StringComparison.Ordinal);

    [Theory]
    [InlineData("wasi:sockets/tcp@0.2.0", "no network of their own")]
    [InlineData("wasi:sockets/network@0.2.12", "no network of their own")]
    [InlineData("wasi:http/outgoing-handler@0.2.12", "no network of their own")]
    [InlineData("wasi:http/types@0.3.0", "no network of their own")]
    [InlineData("alga:extension/scheduler@2.0.0", "does not have")]
    [InlineData("alga:extension/storage@2.1.0", "does not have")]
    [InlineData("alga:extension/storage", "does not have")]
    [InlineData("alga:extension/http-handler@2.0.0", "does not have")]
    [InlineData("wasi:io/streams@0.3.0", "does not offer")]
    [InlineData("wasi:io/streams@0.2.12-rc", "does not offer")]
    [InlineData("wasi:io/streams@0.2.012", "does not offer")]
    [InlineData("wasi:io/streams@0.2.1\n", "does not offer")]
    [InlineData("wasi:io/streams", "does not offer")]
    [InlineData("wasi:keyvalue/store@0.2.0", "does not offer")]
    [InlineData("env", "does not offer")]
    [InlineData("acme:evil/\u001b[31m@1.0.0", "does not offer")]
    public void Another_import_is_refused_with_the_reason(string import, string because)
    {
        var fault = Assert.Single(ComponentRules.FindFaults(Read(ComponentBytes.Of([.. GuestImports, import], [HttpHandler])), answersHttp: true, receivesEvents: false));

        Assert.Contains(because, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(fault, char.IsControl);
    }

    [Theory]
    [InlineData(true, false, EventHandler, "Export httpHandler")]
    [InlineData(false, true, HttpHandler, "Export eventHandler")]
    [InlineData(true, false, "alga:extension/http-handler@2.0.1", "Export httpHandler")]
    public void What_the_manifest_promises_must_be_exported(bool answersHttp, bool receivesEvents, string export, string because)
    {
        var component = Read(ComponentBytes.Of(GuestImports, [export]));

        Assert.Contains(because, ComponentRules.Check(component, answersHttp, receivesEvents)!.Message, StringComparison.Ordinal);
        Assert.Null(ComponentRules.Check(component, answersHttp: false, receivesEvents: false));
    }

    [Fact]
    public void A_core_module_is_refused_and_says_what_to_do() =>
        Assert.Contains("is a core module; componentize it", Refused([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]), StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0x61, 0x73, 0x6D, 0x0D, 0, 1 })]
    public void What_is_not_wasm_is_refused(byte[] bytes) => Assert.Contains("is not WebAssembly", Refused(bytes), StringComparison.Ordinal);

    [Fact]
    public void A_component_of_another_version_is_refused() =>
        Assert.Contains("a version that this platform does not know", Refused([0, 0x61, 0x73, 0x6D, 0x0E, 0, 1, 0]), StringComparison.Ordinal);

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "an unknown section", ComponentBytes.WithSection(13) },
        { "a section beyond the end", [.. ComponentBytes.WithSection(0), 7, 5, 0] },
        { "a length of more than 32 bits", [.. ComponentBytes.WithSection(0), 7, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F] },
        { "a length without end", [.. ComponentBytes.WithSection(0), 7, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00] },
        { "more imports announced than there are", ComponentBytes.WithSection(10, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F) },
        { "bytes after the last import", ComponentBytes.WithSection(10, 0, 0) },
        { "an import without a name", ComponentBytes.WithSection(10, 1, 0, 0, 5, 0) },
        { "an import whose name is not UTF-8", ComponentBytes.WithSection(10, 1, 0, 1, 0xFF, 5, 0) },
        { "an import of an unknown kind of name", ComponentBytes.WithSection(10, 1, 9, 1, 0x61, 5, 0) },
        { "an import of an unknown sort", ComponentBytes.WithSection(10, [1, .. ComponentBytes.Name("a"), 6, 0]) },
        { "an export of an unknown sort", ComponentBytes.WithSection(11, [1, .. ComponentBytes.Name("a"), 6, 0, 0]) },
        { "an export that ends early", ComponentBytes.WithSection(11, [1, .. ComponentBytes.Name("a"), 5]) },
        { "more imports than are read", ComponentBytes.Of([.. Enumerable.Repeat("a", ComponentImports.MaxNames + 1)], []) },
        { "a name without end", ComponentBytes.Of([new string('a', 1_025)], []) },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_component_is_refused(string damage, byte[] bytes)
    {
        Assert.NotEmpty(damage);
        Assert.Contains("is damaged", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sort_of_import_and_export_is_read_over()
    {
        byte[][] descriptions = [[0x00, 0x11, 0], [0x01, 0], [0x02, 0, 0], [0x02, 1, 0x7F], [0x03, 0, 0], [0x03, 1], [0x04, 0], [0x05, 0]];

        Assert.All(descriptions, description =>
        {
            Assert.Equal(["a"], Read(ComponentBytes.WithSection(10, [1, .. ComponentBytes.Name("a"), .. description])).Imports);
            Assert.Equal(["a"], Read(ComponentBytes.WithSection(11, [1, .. ComponentBytes.Name("a"), 0x00, 0x11, 0, 1, .. description])).Exports);
        });
    }

    [Fact]
    public void A_mutated_component_is_refused_or_read_but_never_throws() =>
        Gen.Select(Gen.Int[0, Guest.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample(
            (at, value, cut) =>
            {
                byte[] mutated = [.. Guest[..at], value, .. Guest[Math.Min(Guest.Length, at + cut)..]];
                return !ComponentImports.Read(mutated).TryGet(out var component, out _) || component.Imports.Count <= ComponentImports.MaxNames;
            },
            iter: 2_000);

    private static ComponentImports Read(byte[] bytes)
    {
        Assert.True(ComponentImports.Read(bytes).TryGet(out var component, out var refusal), refusal?.Message);
        return component;
    }

    private static string Refused(byte[] bytes) => Bundle.Refused(ComponentImports.Read(bytes));
}
