namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>Sorts of what components are made of; each has indices of its own (component-model, design/mvp/Binary.md, "sort").</summary>
internal enum Sort
{
    CoreFunction = 0x00,
    CoreTable = 0x01,
    CoreMemory = 0x02,
    CoreGlobal = 0x03,
    CoreType = 0x10,
    CoreModule = 0x11,
    CoreInstance = 0x12,

    /// <summary>Where the sorts begin that are not core sorts; in the binary, those follow a zero.</summary>
    Function = Component + 0x01,
    Value = Component + 0x02,
    Type = Component + 0x03,
    NestedComponent = Component + 0x04,
    Instance = Component + 0x05,

    /// <summary>Added to a sort that is not a core sort, so that all have numbers of their own.</summary>
    Component = 0x100,
}
