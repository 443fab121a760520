using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles.Sharing;

/// <summary>What a component has of core modules and their instances, and where one module stands among them.</summary>
/// <param name="Modules">Number of core modules, imported and aliased ones included.</param>
/// <param name="Index">Index of the module that was asked for; -1 for none.</param>
/// <param name="Instance">Index of its only instance; -1 when there is none or another number of them.</param>
/// <param name="HasTypes">Whether there are types of core modules.</param>
internal readonly record struct CoreLayout(int Modules, int Index, int Instance, bool HasTypes)
{
    /// <summary>The sort of everything that belongs to core modules; a core sort follows it.</summary>
    public const byte CoreSort = 0x00;

    /// <summary>Core sort of modules.</summary>
    public const byte ModuleSort = 0x11;

    /// <summary>Core sort of instances of modules.</summary>
    public const byte InstanceSort = 0x12;

    /// <summary>Target of an alias: something of an outer component.</summary>
    public const byte OuterTarget = 0x02;

    private const byte CoreTypeSection = 3;
    private const byte CoreTypeSort = 0x10;

    /// <summary>Reads a component's sections; null where they cannot be read.</summary>
    /// <param name="sections">All sections of the component.</param>
    /// <param name="module">Place of the module's section among them; -1 for none.</param>
    public static CoreLayout? Read(List<Section> sections, int module)
    {
        var (modules, index, instances, hasTypes) = (0, -1, 0, false);
        var found = new List<int>();
        for (var place = 0; place < sections.Count; place++)
        {
            var reader = new SectionReader(sections[place].Body.Span);
            switch (sections[place].Id)
            {
                case ComponentSection.CoreModule:
                    if (place == module) index = modules;
                    modules++;
                    continue;
                case CoreTypeSection:
                    hasTypes = true;
                    continue;
                case ComponentSection.CoreInstance:
                    for (var left = reader.Number(); left > 0 && !reader.Failed; left--, instances++)
                    {
                        if (ReadInstance(ref reader) is { } of && of == index) found.Add(instances);
                    }

                    break;
                case ComponentSection.Alias:
                    for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
                    {
                        var sort = ReadAlias(ref reader);
                        if (sort == ModuleSort) modules++;
                        hasTypes |= sort == CoreTypeSort;
                    }

                    break;
                case ComponentSection.Import:
                    for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
                    {
                        // Only a type takes more than one number, and a module is not imported by anything that may be published.
                        reader.ExternName();
                        var sort = reader.Byte();
                        if (sort == CoreSort) reader.Fail();
                        if (sort is not 0x03 || reader.Present() is false) reader.Number();
                    }

                    break;
                default:
                    continue;
            }

            if (reader.Failed || !reader.Done) return null;
        }

        return new CoreLayout(modules, index, found is [var only] ? only : -1, hasTypes);
    }

    /// <summary>The module of which an instance is made; null for one that is put together of parts.</summary>
    private static int? ReadInstance(ref SectionReader reader)
    {
        int? of = reader.Present() ? null : (int)reader.Number();
        for (var parts = reader.Number(); parts > 0 && !reader.Failed; parts--)
        {
            reader.Bytes();
            reader.Byte();
            reader.Number();
        }

        return of;
    }

    /// <summary>The core sort of what is aliased; null for what is not of a core module.</summary>
    private static byte? ReadAlias(ref SectionReader reader)
    {
        byte? sort = reader.Byte() == CoreSort ? reader.Byte() : null;
        var target = reader.Byte();
        if (target > OuterTarget) reader.Fail();
        reader.Number();
        if (target == OuterTarget) reader.Number();
        else reader.Bytes();
        return sort;
    }
}
