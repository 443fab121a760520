namespace Alga.Extensions.Bundles.Types;

/// <summary>Ids of a component's sections.</summary>
internal static class ComponentSection
{
    public const byte CoreModule = 1;
    public const byte CoreInstance = 2;
    public const byte CoreType = 3;
    public const byte Component = 4;
    public const byte Instance = 5;
    public const byte Alias = 6;
    public const byte Type = 7;
    public const byte Canon = 8;
    public const byte Start = 9;
    public const byte Import = 10;
    public const byte Export = 11;

    /// <summary>Whether a section adds to the indices that types, functions, components and instances have.</summary>
    public static bool DefinesTypes(byte id) => id is Instance or Alias or Type or Canon or Import or Export;
}
