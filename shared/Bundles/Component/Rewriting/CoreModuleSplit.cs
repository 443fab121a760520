namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>A core module in two: code, and a module that puts into an instance of it what was taken out.</summary>
/// <param name="Code">The module with an empty memory and numbers that are zero, which exports both.</param>
/// <param name="State">A module that imports those from <see cref="Instance"/>, and sets them when it is instantiated.</param>
/// <param name="Type">The type of <paramref name="Code"/>, in the component model's binary format.</param>
internal sealed record CoreModuleSplit(byte[] Code, byte[] State, byte[] Type)
{
    /// <summary>The name under which the state's module imports an instance of the code.</summary>
    public const string Instance = "code";

    private const string MemoryName = "alga:memory";
    private const byte End = 0x0B;
    private const byte SetGlobal = 0x24;

    private static ReadOnlySpan<byte> EmptySegment => [1, 0];

    /// <summary>Splits a module; null for one that does not allow it.</summary>
    public static CoreModuleSplit? Of(ReadOnlyMemory<byte> wasm)
    {
        if (CoreModule.Read(wasm) is not { } module) return null;
        var variables = module.Globals.Select((global, index) => (Global: global, Index: index)).Where(each => each.Global.IsVariable).ToList();
        CoreEntity[] added =
        [
            new(Named(MemoryName), CoreKind.Memory, module.Memory),
            .. variables.Select(each => new CoreEntity(Named(GlobalName(each.Index)), CoreKind.Global, each.Global.Type)),
        ];
        // A module that exports such a name already was not made by a compiler.
        if (module.Exports.Any(export => added.Any(each => each.Name.Span.SequenceEqual(export.Name.Span)))) return null;
        return new CoreModuleSplit(WriteCode(wasm, module, variables.Select(each => each.Index)), WriteState(wasm, module, variables), WriteType(module, added));
    }

    private static string GlobalName(int index) => $"alga:global-{index}";

    private static byte[] Named(string name) => new WasmWriter().Name(name).ToArray();

    private static byte[] WriteCode(ReadOnlyMemory<byte> wasm, CoreModule module, IEnumerable<int> variables)
    {
        // Instructions name segments by their index: those before a passive one stay, as empty ones, which is what they are for instructions.
        var kept = module.Data.FindLastIndex(segment => !segment.IsActive) + 1;
        return Section.WriteAll(wasm, module.Sections.Select(section => section.Id switch
        {
            CoreSection.Global => section with { Body = WriteGlobals(module) },
            CoreSection.Export => section with { Body = WriteExports(section.Body, module.Exports.Count, variables) },
            CoreSection.DataCount => section with { Body = new WasmWriter().Number(kept).ToArray() },
            CoreSection.Data => section with { Body = WriteKeptData(module, kept) },
            _ => section,
        }));
    }

    private static byte[] WriteGlobals(CoreModule module)
    {
        var writer = new WasmWriter().Number(module.Globals.Count);
        foreach (var global in module.Globals) writer.Bytes(global.Type.Span).Bytes((global.IsVariable ? global.Zero : global.Value).Span).Byte(End);
        return writer.ToArray();
    }

    private static byte[] WriteExports(ReadOnlyMemory<byte> exports, int count, IEnumerable<int> variables)
    {
        var added = variables.ToList();
        var writer = new WasmWriter().Number(count + 1 + added.Count).Bytes(EntryReader.AfterCount(exports).Span);
        writer.Name(MemoryName).Byte(CoreKind.Memory).Number(0);
        foreach (var index in added) writer.Name(GlobalName(index)).Byte(CoreKind.Global).Number(index);
        return writer.ToArray();
    }

    private static byte[] WriteKeptData(CoreModule module, int kept)
    {
        var writer = new WasmWriter().Number(kept);
        foreach (var segment in module.Data.Take(kept)) writer.Bytes(segment.IsActive ? EmptySegment : segment.Bytes.Span);
        return writer.ToArray();
    }

    private static byte[] WriteState(ReadOnlyMemory<byte> wasm, CoreModule module, List<(CoreGlobal Global, int Index)> variables)
    {
        var active = module.Data.Where(segment => segment.IsActive).ToList();
        var imports = new WasmWriter().Number(1 + variables.Count).Name(Instance).Name(MemoryName).Byte(CoreKind.Memory).Bytes(module.Memory.Span);
        foreach (var (global, index) in variables) imports.Name(Instance).Name(GlobalName(index)).Byte(CoreKind.Global).Bytes(global.Type.Span);
        var body = new WasmWriter().Number(0);
        for (var place = 0; place < variables.Count; place++) body.Bytes(variables[place].Global.Value.Span).Byte(SetGlobal).Number(place);
        var function = body.Byte(End).ToArray();
        var data = new WasmWriter().Number(active.Count);
        foreach (var segment in active) data.Bytes(segment.Bytes.Span);
        return Section.WriteAll(wasm,
        [
            new Section(CoreSection.Type, new byte[] { 1, 0x60, 0, 0 }),
            new Section(CoreSection.Import, imports.ToArray()),
            new Section(CoreSection.Function, new byte[] { 1, 0 }),
            new Section(CoreSection.Start, new byte[] { 0 }),
            new Section(CoreSection.Code, new WasmWriter().Number(1).Number(function.Length).Bytes(function).ToArray()),
            new Section(CoreSection.Data, data.ToArray()),
        ]);
    }

    private static byte[] WriteType(CoreModule module, CoreEntity[] added)
    {
        var writer = new WasmWriter().Byte(0x50).Number(module.Types.Count + module.Imports.Count + module.Exports.Count + added.Length);
        foreach (var type in module.Types) writer.Byte(0x01).Bytes(type.Span);
        foreach (var import in module.Imports) Write(0x00, import);
        foreach (var export in module.Exports.Concat(added)) Write(0x03, export);
        return writer.ToArray();

        void Write(byte declaration, CoreEntity entity) => writer.Byte(declaration).Bytes(entity.Name.Span).Byte(entity.Kind).Bytes(entity.Type.Span);
    }
}
