namespace Alga.Extensions.Bundles.Types;

/// <summary>The types that the component model gives a code of one byte.</summary>
internal static class Primitives
{
    private static readonly string[] FromLast =
        ["string", "char", "f64", "f32", "u64", "s64", "u32", "s32", "u16", "s16", "u8", "s8", "bool"];

    /// <summary>The WIT name of a code, 0x73 to 0x7F; null for another.</summary>
    public static string? NameOf(byte code) => code is >= 0x73 and <= 0x7F ? FromLast[code - 0x73] : null;

    /// <summary>Whether this is the name of one.</summary>
    public static bool IsName(string name) => Array.IndexOf(FromLast, name) >= 0;
}
