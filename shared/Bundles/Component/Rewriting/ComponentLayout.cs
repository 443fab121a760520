using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>
/// How many of everything a component has, inside nested ones not counted: the index that whatever is added at its end gets. What
/// is imported, aliased and exported counts as what is defined does (component-model, design/mvp/Binary.md, "index spaces").
/// </summary>
internal sealed class ComponentLayout
{
    private const byte OuterTarget = 0x02;

    private readonly Dictionary<Sort, int> counts = [];
    private readonly Dictionary<int, (Sort Sort, int Index)> places = [];
    private readonly List<(Sort Sort, int Of, int Index)> made = [];
    private readonly HashSet<string> exports = new(StringComparer.Ordinal);

    private ComponentLayout()
    {
    }

    /// <summary>Reads a component's sections; null where there is something that is not known here.</summary>
    public static ComponentLayout? Read(List<Section> sections)
    {
        var layout = new ComponentLayout();
        for (var place = 0; place < sections.Count; place++)
        {
            if (!layout.ReadSection(sections[place], place)) return null;
        }

        return layout;
    }

    /// <summary>How many there are of a sort.</summary>
    public int Count(Sort sort) => counts.GetValueOrDefault(sort);

    /// <summary>Whether it exports something under a name.</summary>
    public bool Exports(string name) => exports.Contains(name);

    /// <summary>Index of the only instance of a core module or nested component, by the place of its section; null when there is none or another number of them.</summary>
    public int? InstanceOf(int place)
    {
        var found = made.FindAll(each => (each.Sort, each.Of) == places[place]);
        return found is [var only] ? only.Index : null;
    }

    /// <summary>Whether all that it makes instances of is defined in it, and not taken from an import or from outside.</summary>
    public bool HasOnlyOwnInstances => made.TrueForAll(each => places.ContainsValue((each.Sort, each.Of)));

    /// <summary>How many instances it makes of a core module or nested component, by the place of its section.</summary>
    public int CountInstances(int place) => made.Count(each => (each.Sort, each.Of) == places[place]);

    private int Add(Sort sort)
    {
        var index = Count(sort);
        counts[sort] = index + 1;
        return index;
    }

    private bool ReadSection(Section section, int place)
    {
        switch (section.Id)
        {
            case Section.Custom:
                return true;
            case ComponentSection.CoreModule:
                places.Add(place, (Sort.CoreModule, Add(Sort.CoreModule)));
                return true;
            case ComponentSection.Component:
                places.Add(place, (Sort.NestedComponent, Add(Sort.NestedComponent)));
                return true;
        }

        var reader = new SectionReader(section.Body.Span);
        var left = reader.Number();
        if (section.Id is ComponentSection.Type or ComponentSection.CoreType)
        {
            // What they are does not matter here, and nothing but types is in their section.
            if (reader.Failed || left > section.Body.Length) return false;
            var sort = section.Id == ComponentSection.Type ? Sort.Type : Sort.CoreType;
            counts[sort] = Count(sort) + (int)left;
            return true;
        }

        for (; left > 0 && !reader.Failed; left--) ReadEntry(section.Id, ref reader);
        return !reader.Failed && reader.Done;
    }

    private void ReadEntry(byte section, ref SectionReader reader)
    {
        switch (section)
        {
            case ComponentSection.CoreInstance:
                ReadInstance(ref reader, Sort.CoreModule, Add(Sort.CoreInstance));
                break;
            case ComponentSection.Instance:
                ReadInstance(ref reader, Sort.NestedComponent, Add(Sort.Instance));
                break;
            case ComponentSection.Alias:
                ReadAlias(ref reader);
                break;
            case ComponentSection.Canon:
                ReadCanon(ref reader);
                break;
            case ComponentSection.Import:
                reader.ExternName();
                Add(ReadDescription(ref reader));
                break;
            case ComponentSection.Export:
                exports.Add(reader.ExternName());
                var sort = ReadSort(ref reader);
                reader.Number();
                if (reader.Present()) ReadDescription(ref reader);
                Add(sort);
                break;
            default:
                reader.Fail();
                break;
        }
    }

    /// <summary>An instance of something, or one that is put together of parts.</summary>
    private void ReadInstance(ref SectionReader reader, Sort of, int index)
    {
        var isTogether = reader.Present();
        if (!isTogether) made.Add((of, (int)reader.Number(), index));
        for (var parts = reader.Number(); parts > 0 && !reader.Failed; parts--)
        {
            if (of == Sort.NestedComponent && isTogether) reader.ExternName();
            else reader.Bytes();
            if (of == Sort.CoreModule) reader.Byte();
            else ReadSort(ref reader);
            reader.Number();
        }
    }

    private void ReadAlias(ref SectionReader reader)
    {
        var sort = ReadSort(ref reader);
        var target = reader.Byte();
        if (target > OuterTarget) reader.Fail();
        reader.Number();
        if (target == OuterTarget) reader.Number();
        else reader.Bytes();
        Add(sort);
    }

    /// <summary>Functions that are lifted, and core functions that are lowered or handle resources; not those for asynchronous calls.</summary>
    private void ReadCanon(ref SectionReader reader)
    {
        var form = reader.Byte();
        if (form > 0x04) reader.Fail();
        if (form <= 0x01)
        {
            if (reader.Byte() != 0) reader.Fail();
            reader.Number();
            ReadOptions(ref reader);
        }

        // Lifted: the type of the function. Of a resource: its own.
        if (form != 0x01) reader.Number();
        Add(form == 0x00 ? Sort.Function : Sort.CoreFunction);
    }

    private static void ReadOptions(ref SectionReader reader)
    {
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            var option = reader.Byte();
            if (option > 0x05) reader.Fail();
            // Memory, allocator, and what is called when the result was read.
            if (option >= 0x03) reader.Number();
        }
    }

    private static Sort ReadSort(ref SectionReader reader)
    {
        var sort = reader.Byte();
        if (sort > 0x05) reader.Fail();
        return sort == 0 ? (Sort)reader.Byte() : Sort.Component + sort;
    }

    /// <summary>What an import or export is said to be; of core modules' sorts there is only the module. Values are not known here.</summary>
    private static Sort ReadDescription(ref SectionReader reader)
    {
        var sort = ReadSort(ref reader);
        if (sort == Sort.Value || (sort < Sort.Component && sort != Sort.CoreModule)) reader.Fail();
        // A type is equal to another, or a resource of its own.
        if (sort != Sort.Type || !reader.Present()) reader.Number();
        return sort;
    }
}
