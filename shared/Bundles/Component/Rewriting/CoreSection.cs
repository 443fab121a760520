namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>Ids of a core module's sections (WebAssembly core specification, 5.5).</summary>
internal static class CoreSection
{
    public const byte Type = 1;
    public const byte Import = 2;
    public const byte Function = 3;
    public const byte Table = 4;
    public const byte Memory = 5;
    public const byte Global = 6;
    public const byte Export = 7;
    public const byte Start = 8;
    public const byte Code = 10;
    public const byte Data = 11;
    public const byte DataCount = 12;
}
