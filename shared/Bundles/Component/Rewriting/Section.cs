using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>A section of a core module or component: its id in the binary format, and what is in it.</summary>
internal readonly record struct Section(byte Id, ReadOnlyMemory<byte> Body)
{
    /// <summary>Bytes of magic and version before the first section.</summary>
    public const int PreambleBytes = 8;

    /// <summary>Id of a custom section, in modules and components.</summary>
    public const byte Custom = 0;

    /// <summary>The sections in their order; null when the bytes end inside one.</summary>
    public static List<Section>? ReadAll(ReadOnlyMemory<byte> wasm)
    {
        if (wasm.Length < PreambleBytes) return null;
        var sections = new List<Section>();
        var reader = new SectionReader(wasm.Span[PreambleBytes..]);
        while (!reader.Done)
        {
            var id = reader.Byte();
            var length = reader.Bytes().Length;
            if (reader.Failed) return null;
            sections.Add(new Section(id, wasm.Slice(wasm.Length - reader.Left - length, length)));
        }

        return reader.Failed ? null : sections;
    }

    /// <summary>Place of the largest section with an id; -1 when there is none.</summary>
    public static int FindLargest(List<Section> sections, byte id)
    {
        var largest = -1;
        for (var place = 0; place < sections.Count; place++)
        {
            if (sections[place].Id == id && (largest < 0 || sections[place].Body.Length > sections[largest].Body.Length)) largest = place;
        }

        return largest;
    }

    /// <summary>The preamble of <paramref name="original"/> and these sections.</summary>
    public static byte[] WriteAll(ReadOnlyMemory<byte> original, IEnumerable<Section> sections)
    {
        var writer = new WasmWriter().Bytes(original.Span[..PreambleBytes]);
        foreach (var (id, body) in sections) writer.Section(id, body.Span);
        return writer.ToArray();
    }
}
