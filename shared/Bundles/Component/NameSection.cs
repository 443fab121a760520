namespace Alga.Extensions.Bundles;

/// <summary>The import and export sections of the component model's binary format (component-model, design/mvp/Binary.md).</summary>
internal static class NameSection
{
    private const byte CoreSort = 0x00;
    private const byte LastSort = 0x05;

    public static bool TryReadImports(ref WasmReader section, List<string> names)
    {
        if (!section.TryReadNumber(out var count)) return false;
        for (; count > 0; count--)
        {
            if (!TryReadName(ref section, names) || !TrySkipDescription(ref section)) return false;
        }

        return section.AtEnd;
    }

    public static bool TryReadExports(ref WasmReader section, List<string> names)
    {
        if (!section.TryReadNumber(out var count)) return false;
        for (; count > 0; count--)
        {
            if (!TryReadName(ref section, names) || !TrySkipSortIndex(ref section)) return false;
            if (!section.TryReadByte(out var described) || described > 1) return false;
            if (described == 1 && !TrySkipDescription(ref section)) return false;
        }

        return section.AtEnd;
    }

    // 0x00 and 0x01 both stand before a plain name; what follows another byte is not known to this version.
    private static bool TryReadName(ref WasmReader section, List<string> names)
    {
        if (names.Count == ComponentImports.MaxNames || !section.TryReadByte(out var kind) || kind > 1 || !section.TryReadName(out var name)) return false;
        names.Add(name);
        return true;
    }

    private static bool TrySkipSortIndex(ref WasmReader section) =>
        section.TryReadByte(out var sort) && sort <= LastSort && (sort != CoreSort || section.TryReadByte(out _)) && section.TryReadNumber(out _);

    private static bool TrySkipDescription(ref WasmReader section) => section.TryReadByte(out var sort) && sort switch
    {
        // A core module: its marker and a type.
        0x00 => section.TryReadByte(out var marker) && marker == 0x11 && section.TryReadNumber(out _),
        // A value: equal to another, or of a type; a type is an index or a code of one byte, which read alike.
        0x02 => section.TryReadByte(out var bound) && bound <= 1 && section.TryReadNumber(out _),
        // A type: equal to another, or a resource.
        0x03 => section.TryReadByte(out var bound) && (bound == 1 || (bound == 0 && section.TryReadNumber(out _))),
        // A function, component or instance: a type.
        0x01 or 0x04 or 0x05 => section.TryReadNumber(out _),
        _ => false,
    };
}
