namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>What a core module imports, defines and exports, each entry as its bytes stand there.</summary>
internal sealed class CoreModule
{
    private readonly Dictionary<byte, ReadOnlyMemory<byte>> bodies = [];

    private CoreModule(IReadOnlyList<Section> sections) => Sections = sections;

    /// <summary>All sections but custom ones, in their order; each id is there once.</summary>
    public IReadOnlyList<Section> Sections { get; }

    /// <summary>Types of functions.</summary>
    public List<ReadOnlyMemory<byte>> Types { get; } = [];

    public List<CoreEntity> Imports { get; } = [];

    /// <summary>Exports; the description is the type of what is exported.</summary>
    public List<CoreEntity> Exports { get; } = [];

    /// <summary>Type of the one memory, which the module defines.</summary>
    public ReadOnlyMemory<byte> Memory { get; private set; }

    /// <summary>The globals that the module defines.</summary>
    public List<CoreGlobal> Globals { get; } = [];

    public List<DataSegment> Data { get; } = [];

    /// <summary>Whether an instance of it, when it is made, neither runs code nor writes to a memory or global of another module.</summary>
    public static bool IsInert(ReadOnlyMemory<byte> wasm)
    {
        if (Section.ReadAll(wasm) is not { } sections) return false;
        foreach (var (id, body) in sections)
        {
            if (id == CoreSection.Start) return false;
            if (id != CoreSection.Import) continue;
            var reader = new EntryReader(body);
            for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
            {
                reader.NameBytes(2);
                var kind = reader.Kind();
                reader.Type(kind);
                if (kind is CoreKind.Memory or CoreKind.Global) reader.Fail();
            }

            if (!reader.IsWhole) return false;
        }

        return true;
    }

    /// <summary>Reads a module that defines its only memory and all of its globals; null for any other, and where something is not known.</summary>
    public static CoreModule? Read(ReadOnlyMemory<byte> wasm)
    {
        if (Section.ReadAll(wasm) is not { } all) return null;
        var module = new CoreModule([.. all.Where(section => section.Id != Section.Custom)]);
        foreach (var (id, body) in module.Sections)
        {
            if (!module.bodies.TryAdd(id, body)) return null;
        }

        return module.ReadEntries() ? module : null;
    }

    private bool ReadEntries()
    {
        // By kind of the binary format: function, table, memory, global.
        List<ReadOnlyMemory<byte>>[] spaces = [[], [], [], []];
        if (!Each(CoreSection.Type, (ref EntryReader entry) => Types.Add(entry.FunctionType()))
            || !Each(CoreSection.Import, (ref EntryReader entry) => ReadImport(ref entry, spaces)))
        {
            return false;
        }

        if (Imports.Exists(import => import.Kind is CoreKind.Memory or CoreKind.Global)) return false;
        if (!Each(CoreSection.Function, (ref EntryReader entry) => spaces[CoreKind.Function].Add(entry.Index()))
            || !Each(CoreSection.Table, (ref EntryReader entry) => spaces[CoreKind.Table].Add(entry.TableType()))
            || !Each(CoreSection.Memory, (ref EntryReader entry) => spaces[CoreKind.Memory].Add(entry.MemoryType()))
            || !Each(CoreSection.Global, (ref EntryReader entry) => Globals.Add(entry.Global()))
            || spaces[CoreKind.Memory] is not [var memory])
        {
            return false;
        }

        Memory = memory;
        spaces[CoreKind.Global].AddRange(Globals.Select(global => global.Type));
        return Each(CoreSection.Export, (ref EntryReader entry) => ReadExport(ref entry, spaces))
            && Each(CoreSection.Data, (ref EntryReader entry) => Data.Add(entry.DataSegment()));
    }

    private void ReadImport(ref EntryReader entry, List<ReadOnlyMemory<byte>>[] spaces)
    {
        var name = entry.NameBytes(2);
        var kind = entry.Kind();
        var type = entry.Type(kind);
        Imports.Add(new CoreEntity(name, kind, type));
        if (!entry.Failed) spaces[kind].Add(type);
    }

    private void ReadExport(ref EntryReader entry, List<ReadOnlyMemory<byte>>[] spaces)
    {
        var name = entry.NameBytes(1);
        var kind = entry.Kind();
        var index = entry.Number();
        if (entry.Failed || index >= spaces[kind].Count) entry.Fail();
        else Exports.Add(new CoreEntity(name, kind, spaces[kind][(int)index]));
    }

    private delegate void ReadEntry(ref EntryReader entry);

    private bool Each(byte section, ReadEntry read)
    {
        if (!bodies.TryGetValue(section, out var body)) return true;
        var reader = new EntryReader(body);
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--) read(ref reader);
        return reader.IsWhole;
    }
}
