using System.Diagnostics.CodeAnalysis;
using Alga.Extensions.Bundles.Types;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>
/// Adds a function to a component that tells how large its memory is. A host sees a component's exports and not the memory behind
/// them; a memory never shrinks, so what it is after a call is the most that it was.
/// </summary>
/// <remarks>
/// The function is a core module of its own with the instruction <c>memory.size</c>; nothing of the guest runs when it is called, and
/// the guest can neither call nor change it.
/// </remarks>
public static class MemoryGauge
{
    private const string Given = "guest";
    private const string Memory = "memory";
    private const string Pages = "pages";

    // A core module: imports a memory of any size, exports a function that gives its number of pages.
    private static readonly byte[] Module =
    [
        0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00,
        .. Part(CoreSection.Type, new WasmWriter().Number(1).Bytes([0x60, 0, 1, 0x7F])),
        .. Part(CoreSection.Import, new WasmWriter().Number(1).Name(Given).Name(Memory).Bytes([CoreKind.Memory, 0, 0])),
        .. Part(CoreSection.Function, new WasmWriter().Bytes([1, 0])),
        .. Part(CoreSection.Export, new WasmWriter().Number(1).Name(Pages).Bytes([CoreKind.Function, 0])),
        .. Part(CoreSection.Code, new WasmWriter().Bytes([1, 4, 0, 0x3F, 0, 0x0B])),
    ];

    // A function without parameters that gives an unsigned number of 32 bits.
    private static readonly byte[] FunctionType = [0x40, 0, 0, 0x79];

    /// <summary>
    /// Gives the component with the function exported as <see cref="PlatformExports.MemoryPages"/>; false for one that has no memory which its exports use, that exports
    /// this name itself, or whose layout is not known. Of several memories it is the first. Never throws because of the bytes.
    /// </summary>
    public static bool TryAdd(ReadOnlyMemory<byte> wasm, [NotNullWhen(true)] out byte[]? gauged)
    {
        gauged = Section.ReadAll(wasm) is { } root && ComponentLayout.Read(root) is { } layout && !layout.Exports(PlatformExports.MemoryPages)
            ? layout.Count(Sort.CoreMemory) > 0 ? Section.WriteAll(wasm, [.. root, .. Write(layout)]) : AddNested(wasm, root, layout)
            : null;
        return gauged is not null;
    }

    /// <summary>The memory is in a component inside: it exports the function, and the outer one passes that on.</summary>
    private static byte[]? AddNested(ReadOnlyMemory<byte> wasm, List<Section> root, ComponentLayout outer)
    {
        var place = Section.FindLargest(root, ComponentSection.Component);
        if (place < 0 || outer.InstanceOf(place) is not { } instance) return null;
        if (Section.ReadAll(root[place].Body) is not { } inner || ComponentLayout.Read(inner) is not { } layout) return null;
        if (layout.Count(Sort.CoreMemory) == 0 || layout.Exports(PlatformExports.MemoryPages)) return null;
        var rewritten = Section.WriteAll(wasm, [.. inner, .. Write(layout)]);
        return Section.WriteAll(
            wasm,
            [
                .. root[..place], root[place] with { Body = rewritten }, .. root[(place + 1)..],
                Additions.AliasExport(Sort.Function, instance, PlatformExports.MemoryPages),
                Additions.Export(PlatformExports.MemoryPages, Sort.Function, outer.Count(Sort.Function)),
            ]);
    }

    private static Section[] Write(ComponentLayout layout)
    {
        var memory = layout.Count(Sort.CoreInstance);
        return
        [
            Additions.CoreModule(Module),
            Additions.CoreInstanceOf(Memory, Sort.CoreMemory, 0),
            Additions.Instantiate(layout.Count(Sort.CoreModule), Given, memory),
            Additions.AliasCoreExport(Sort.CoreFunction, memory + 1, Pages),
            Additions.Type(FunctionType),
            Additions.Lift(layout.Count(Sort.CoreFunction), layout.Count(Sort.Type)),
            Additions.Export(PlatformExports.MemoryPages, Sort.Function, layout.Count(Sort.Function)),
        ];
    }

    private static byte[] Part(byte id, WasmWriter body) => new WasmWriter().Section(id, body.ToArray()).ToArray();
}
