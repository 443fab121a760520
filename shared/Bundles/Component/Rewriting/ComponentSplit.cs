using System.Diagnostics.CodeAnalysis;
using Alga.Extensions.Bundles.Types;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>
/// Takes the code out of a component that says others have the same. Extensions for a script engine differ in what the engine's
/// memory holds, and not in the engine: with the code in a module of its own a host compiles, keeps and caches it once for all of them.
/// </summary>
/// <remarks>
/// A guest cannot tell the difference: memory and globals have the values that they would have had before the first of its
/// instructions runs. Where that is not certain, the component stays as it is.
/// Binary format: component-model, design/mvp/Binary.md.
/// </remarks>
public static class ComponentSplit
{
    private const int MaxDepth = 8;

    /// <summary>Splits a component; false for one that is not marked, is damaged, or is laid out in a way that is not known to be safe. Never throws because of the bytes.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> wasm, [NotNullWhen(true)] out SplitComponent? split)
    {
        split = IsComponent(wasm.Span) && Section.ReadAll(wasm) is { } sections && IsMarked(sections) && IsInert(sections, 0) ? Split(wasm, sections) : null;
        return split is not null;
    }

    // Version 1 of the component model's binary format, as ComponentImports reads it.
    private static bool IsComponent(ReadOnlySpan<byte> wasm) => wasm.StartsWith("\0asm\u000d\0\u0001\0"u8);

    private static bool IsMarked(List<Section> sections)
    {
        foreach (var section in sections)
        {
            if (section.Id != Section.Custom) continue;
            var reader = new SectionReader(section.Body.Span);
            if (reader.Name() == SharedCodeNames.Marker && !reader.Failed && reader.Done) return true;
        }

        return false;
    }

    /// <summary>Whether nothing runs or writes to another's memory while the component is instantiated: then nothing can tell that a memory is filled only at the end of that.</summary>
    private static bool IsInert(List<Section> component, int depth)
    {
        foreach (var section in component)
        {
            if (section.Id == ComponentSection.Start) return false;
            if (section.Id == ComponentSection.CoreModule && !CoreModule.IsInert(section.Body)) return false;
            if (section.Id == ComponentSection.Component && (depth == MaxDepth || Section.ReadAll(section.Body) is not { } inner || !IsInert(inner, depth + 1))) return false;
        }

        return true;
    }

    private static SplitComponent? Split(ReadOnlyMemory<byte> wasm, List<Section> root)
    {
        var place = Section.FindLargest(root, ComponentSection.CoreModule);
        var nested = Section.FindLargest(root, ComponentSection.Component);
        if (place >= 0 && (nested < 0 || root[place].Body.Length > root[nested].Body.Length)) return SplitFlat(wasm, root, place);
        if (nested < 0 || Section.ReadAll(root[nested].Body) is not { } inner) return null;
        return Section.FindLargest(inner, ComponentSection.CoreModule) is var within and >= 0 ? SplitNested(wasm, root, nested, inner, within) : null;
    }

    /// <summary>The module is in the component itself: an import takes its place.</summary>
    private static SplitComponent? SplitFlat(ReadOnlyMemory<byte> wasm, List<Section> root, int place)
    {
        if (ComponentLayout.Read(root) is not { } layout || layout.Count(Sort.CoreType) > 0) return null;
        if (layout.InstanceOf(place) is not { } instance || CoreModuleSplit.Of(root[place].Body) is not { } module) return null;
        return new SplitComponent(module.Code, Section.WriteAll(wasm, [.. root[..place], .. WriteImport(module), .. root[(place + 1)..], .. WriteState(module, layout, instance)]));
    }

    /// <summary>The module is in a component inside: that one takes the module, by an alias, from the outer one, which imports it.</summary>
    private static SplitComponent? SplitNested(ReadOnlyMemory<byte> wasm, List<Section> root, int nested, List<Section> inner, int place)
    {
        // With none of its own, the outer component's first module is the imported one, and no index changes.
        if (ComponentLayout.Read(root) is not { } outer || outer.Count(Sort.CoreModule) > 0 || outer.Count(Sort.CoreType) > 0) return null;
        if (ComponentLayout.Read(inner) is not { } layout || layout.InstanceOf(place) is not { } instance) return null;
        if (CoreModuleSplit.Of(inner[place].Body) is not { } module) return null;
        var rewritten = Section.WriteAll(wasm, [.. inner[..place], Additions.AliasOuter(Sort.CoreModule, 0), .. inner[(place + 1)..], .. WriteState(module, layout, instance)]);
        return new SplitComponent(module.Code, Section.WriteAll(wasm, [.. WriteImport(module), .. root[..nested], root[nested] with { Body = rewritten }, .. root[(nested + 1)..]]));
    }

    private static Section[] WriteImport(CoreModuleSplit module) => [Additions.CoreType(module.Type), Additions.ImportModule(SharedCodeNames.Import, type: 0)];

    /// <summary>At the end, where it changes no index: the module that fills the memory, and the instance that does it.</summary>
    private static Section[] WriteState(CoreModuleSplit module, ComponentLayout layout, int instance) =>
        [Additions.CoreModule(module.State), Additions.Instantiate(layout.Count(Sort.CoreModule), CoreModuleSplit.Instance, instance)];
}
