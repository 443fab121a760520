namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>Kinds of what modules import and export.</summary>
internal static class CoreKind
{
    public const byte Function = 0;
    public const byte Table = 1;
    public const byte Memory = 2;
    public const byte Global = 3;
}

/// <summary>An import or export of a core module.</summary>
/// <param name="Name">Its one or two names with their lengths, as they stand in the binary.</param>
/// <param name="Kind">One of <see cref="CoreKind"/>.</param>
/// <param name="Type">Its type: of a function, the index of one.</param>
internal readonly record struct CoreEntity(ReadOnlyMemory<byte> Name, byte Kind, ReadOnlyMemory<byte> Type);

/// <summary>A global.</summary>
/// <param name="Type">Its type, of two bytes: the kind of value, and 1 where it can change.</param>
/// <param name="Value">The instruction that gives its first value, without the end.</param>
internal readonly record struct CoreGlobal(ReadOnlyMemory<byte> Type, ReadOnlyMemory<byte> Value)
{
    /// <summary>Whether it is a number that can change.</summary>
    public bool IsVariable => Type.Span[1] == 1 && Value.Span[0] is >= EntryReader.ConstI32 and <= EntryReader.ConstF64;

    /// <summary>The same with zero as the first value.</summary>
    public ReadOnlyMemory<byte> Zero => Value.Span[0] switch
    {
        EntryReader.ConstF32 => new byte[] { EntryReader.ConstF32, 0, 0, 0, 0 },
        EntryReader.ConstF64 => new byte[] { EntryReader.ConstF64, 0, 0, 0, 0, 0, 0, 0, 0 },
        var instruction => new byte[] { instruction, 0 },
    };
}

/// <summary>A segment of data.</summary>
/// <param name="Bytes">All of it, as it stands in the binary.</param>
/// <param name="IsActive">Whether it is put into memory when the module is instantiated.</param>
internal readonly record struct DataSegment(ReadOnlyMemory<byte> Bytes, bool IsActive);
