using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>Sections with one entry each that are added to a component (component-model, design/mvp/Binary.md).</summary>
internal static class Additions
{
    public static Section CoreModule(byte[] module) => new(ComponentSection.CoreModule, module);

    public static Section CoreType(byte[] type) => new(ComponentSection.CoreType, One().Bytes(type).ToArray());

    public static Section ImportModule(string name, int type) =>
        new(ComponentSection.Import, One().Byte(0).Name(name).OfSort(Sort.CoreModule).Number(type).ToArray());

    /// <summary>Something of the component that this one is in.</summary>
    public static Section AliasOuter(Sort sort, int index) => new(ComponentSection.Alias, One().OfSort(sort).Byte(2).Number(1).Number(index).ToArray());

    /// <summary>An export of a core instance.</summary>
    public static Section AliasCoreExport(Sort sort, int instance, string name) => new(ComponentSection.Alias, One().OfSort(sort).Byte(1).Number(instance).Name(name).ToArray());

    /// <summary>An export of an instance.</summary>
    public static Section AliasExport(Sort sort, int instance, string name) => new(ComponentSection.Alias, One().OfSort(sort).Byte(0).Number(instance).Name(name).ToArray());

    /// <summary>An instance of a core module, which is given one instance.</summary>
    public static Section Instantiate(int module, string name, int instance) =>
        new(ComponentSection.CoreInstance, One().Byte(0).Number(module).Number(1).Name(name).Byte((byte)Sort.CoreInstance).Number(instance).ToArray());

    /// <summary>A core instance that is put together of one part.</summary>
    public static Section CoreInstanceOf(string name, Sort sort, int index) =>
        new(ComponentSection.CoreInstance, One().Byte(1).Number(1).Name(name).Byte((byte)sort).Number(index).ToArray());

    public static Section Type(byte[] type) => new(ComponentSection.Type, One().Bytes(type).ToArray());

    /// <summary>A core function of numbers alone as a function of the component.</summary>
    public static Section Lift(int coreFunction, int type) => new(ComponentSection.Canon, One().Byte(0).Byte(0).Number(coreFunction).Number(0).Number(type).ToArray());

    public static Section Export(string name, Sort sort, int index) => new(ComponentSection.Export, One().Byte(0).Name(name).OfSort(sort).Number(index).Byte(0).ToArray());

    private static WasmWriter One() => new WasmWriter().Number(1);

    /// <summary>A sort of the component; core sorts follow a zero.</summary>
    private static WasmWriter OfSort(this WasmWriter writer, Sort sort) => sort < Sort.Component ? writer.Byte(0).Byte((byte)sort) : writer.Byte((byte)(sort - Sort.Component));
}
