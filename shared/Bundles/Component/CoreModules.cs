using System.Globalization;
using Alga.Extensions.Bundles.Types;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Looks into the core modules of a component for what would only fail when it is compiled or first run: memory and tables that are
/// larger from the start than a guest may have, features that the sandbox leaves out, functions beyond any compiler's limits.
/// </summary>
internal static class CoreModules
{
    /// <summary>Most local variables of a function, the limit of the WebAssembly JavaScript interface that all engines keep.</summary>
    public const int MaxLocals = 50_000;

    /// <summary>Most bytes of a function; the same origin.</summary>
    public const int MaxFunctionBytes = 7_654_321;

    /// <summary>Most elements of a table, and core instances of a component, that a sandbox has.</summary>
    public const int MaxTableElements = 20_000;
    public const int MaxInstances = 64;

    private const int MaxDepth = 8;
    private const int PreambleBytes = 8;
    private const int PagesPerMegabyte = 16;
    private const byte TableSection = 4;
    private const byte MemorySection = 5;
    private const byte CodeSection = 10;
    private const byte TagSection = 13;

    public static IReadOnlyList<string> FindFaults(ReadOnlySpan<byte> component, int memoryMb)
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        var instances = 0;
        Look(component, memoryMb, 0, ref instances, faults);
        if (instances > MaxInstances) faults.Add($"The component makes {instances} core instances, more than the {MaxInstances} that a sandbox has. Link its modules into fewer.");
        return [.. faults];
    }

    private static void Look(ReadOnlySpan<byte> component, int memoryMb, int depth, ref int instances, SortedSet<string> faults)
    {
        if (depth == MaxDepth || component.Length < PreambleBytes)
        {
            faults.Add("The component holds damaged components, or ones too deep inside each other. Build it again.");
            return;
        }

        var reader = new SectionReader(component[PreambleBytes..]);
        while (!reader.Done)
        {
            var id = reader.Byte();
            var content = reader.Bytes();
            if (reader.Failed) break;
            if (id == ComponentSection.Component) Look(content, memoryMb, depth + 1, ref instances, faults);
            else if (id == ComponentSection.CoreInstance) instances += CountInstances(content);
            else if (id == ComponentSection.CoreModule && !TryReadModule(content, memoryMb, faults)) faults.Add("A core module of the component is damaged. Build it again.");
        }
    }

    private static int CountInstances(ReadOnlySpan<byte> content)
    {
        var reader = new SectionReader(content);
        var made = 0;
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            var inline = reader.Present();
            if (!inline)
            {
                made++;
                reader.Number();
            }

            for (var parts = reader.Number(); parts > 0 && !reader.Failed; parts--)
            {
                // A name, a sort and an index, whether given to a module or put together.
                reader.Bytes();
                reader.Byte();
                reader.Number();
            }
        }

        return made;
    }

    private static bool TryReadModule(ReadOnlySpan<byte> module, int memoryMb, SortedSet<string> faults)
    {
        if (module.Length < PreambleBytes) return false;
        var reader = new SectionReader(module[PreambleBytes..]);
        while (!reader.Done)
        {
            var id = reader.Byte();
            var content = reader.Bytes();
            if (reader.Failed) return false;
            var section = new SectionReader(content);
            switch (id)
            {
                case TableSection:
                    for (var left = section.Number(); left > 0 && !section.Failed; left--) ReadTable(ref section, faults);
                    break;
                case MemorySection:
                    for (var left = section.Number(); left > 0 && !section.Failed; left--) ReadMemory(ref section, memoryMb, faults);
                    break;
                case CodeSection:
                    for (var left = section.Number(); left > 0 && !section.Failed; left--) ReadFunction(section.Bytes(), ref section, faults);
                    break;
                case TagSection:
                    faults.Add("The component uses exceptions of WebAssembly, which the sandbox leaves out. Build it without them.");
                    break;
            }

            if (section.Failed) return false;
        }

        return !reader.Failed;
    }

    private static void ReadMemory(ref SectionReader section, int memoryMb, SortedSet<string> faults)
    {
        var flags = section.Byte();
        if (!TryReadLimits(ref section, flags, "memories", faults, out var pages)) return;
        if (pages > (uint)memoryMb * PagesPerMegabyte)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"A memory of the component starts with {(pages + PagesPerMegabyte - 1) / PagesPerMegabyte} MiB, more than the {memoryMb} MiB that its guests get. Raise limits.memoryMb in manifest.json, up to {PlatformLimits.MaxMemoryMb}, or start with less."));
        }
    }

    private static void ReadTable(ref SectionReader section, SortedSet<string> faults)
    {
        var type = section.Byte();
        // Tables of other references than functions and externals, or with a first value, belong to garbage collection.
        if (type is not (0x70 or 0x6F))
        {
            faults.Add("The component uses tables of garbage-collected references, which the sandbox leaves out. Build it without them.");
            section.Fail();
            return;
        }

        if (TryReadLimits(ref section, section.Byte(), "tables", faults, out var elements) && elements > MaxTableElements)
            faults.Add($"A table of the component starts with {elements} elements, more than the {MaxTableElements} that a sandbox has. Use fewer function pointers.");
    }

    private static bool TryReadLimits(ref SectionReader section, byte flags, string what, SortedSet<string> faults, out uint minimum)
    {
        minimum = 0;
        if (flags > 1)
        {
            faults.Add($"The component uses {what} that are shared between threads, of 64 bits, or with other page sizes, which the sandbox leaves out. Build it without them.");
            section.Fail();
            return false;
        }

        minimum = section.Number();
        if (flags == 1) section.Number();
        return !section.Failed;
    }

    private static void ReadFunction(ReadOnlySpan<byte> body, ref SectionReader section, SortedSet<string> faults)
    {
        if (body.Length > MaxFunctionBytes) faults.Add($"A function of the component has {body.Length} bytes, more than the {MaxFunctionBytes} allowed. Split it.");
        var reader = new SectionReader(body);
        ulong locals = 0;
        for (var groups = reader.Number(); groups > 0 && !reader.Failed; groups--)
        {
            locals += reader.Number();
            // The kind of value: one byte for all that the sandbox has.
            reader.Byte();
        }

        if (reader.Failed) section.Fail();
        else if (locals > MaxLocals) faults.Add($"A function of the component has {locals} local variables, more than the {MaxLocals} allowed. Split it.");
    }
}
