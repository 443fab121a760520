using CsCheck;

namespace Alga.Extensions.Bundles.Tests.Differential;

/// <summary>One change of an archive that a forger or a bad disk could make.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="At">Where, in bytes; whole blocks are changed at the block it lies in.</param>
/// <param name="Value">With what.</param>
internal sealed record Mutation(MutationKind Kind, int At, byte Value)
{
    private const int Block = Archive.BlockSize;

    /// <summary>One to three changes of an archive of some length.</summary>
    public static Gen<Mutation[]> Several(int length) =>
        Gen.Select(Gen.Int[0, (int)MutationKind.LastKind], Gen.Int[0, length - 1], Gen.Byte, (kind, at, value) => new Mutation((MutationKind)kind, at, value)).Array[1, 3];

    public byte[] Apply(byte[] archive)
    {
        if (archive.Length < Block) return archive;
        byte[] changed = [.. archive];
        var at = At % archive.Length;
        var block = at / Block * Block;
        switch (Kind)
        {
            case MutationKind.SetByte:
                changed[at] = Value;
                return changed;
            case MutationKind.SetHeaderByte when block + Block <= changed.Length:
                changed[at] = Value;
                Recheck(changed.AsSpan(block));
                return changed;
            case MutationKind.SetType when block + Block <= changed.Length:
                changed[block + 156] = Value;
                Recheck(changed.AsSpan(block));
                return changed;
            case MutationKind.SetSize when block + Block <= changed.Length:
                changed[block + 134] = (byte)('0' + (Value & 7));
                changed[block + 133] = (byte)('0' + (Value >> 3 & 7));
                Recheck(changed.AsSpan(block));
                return changed;
            case MutationKind.RepeatBlock when block + Block <= changed.Length:
                return [.. changed[..(block + Block)], .. changed[block..(block + Block)], .. changed[(block + Block)..]];
            case MutationKind.DropBlock when block + Block <= changed.Length:
                return [.. changed[..block], .. changed[(block + Block)..]];
            case MutationKind.AddZeroBlock:
                return [.. changed[..block], .. new byte[Block], .. changed[block..]];
            case MutationKind.CutOff:
                return changed[..at];
            default:
                return changed;
        }
    }

    /// <summary>A forger would: so a change of a header is judged for what it says and not for its checksum.</summary>
    private static void Recheck(Span<byte> block)
    {
        var header = block[..Block].ToArray();
        "        "u8.CopyTo(header.AsSpan(148));
        var sum = Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0');
        System.Text.Encoding.ASCII.GetBytes(sum + "\0 ").CopyTo(block[148..]);
    }
}

internal enum MutationKind
{
    SetByte,
    SetHeaderByte,
    SetType,
    SetSize,
    RepeatBlock,
    DropBlock,
    AddZeroBlock,
    CutOff,
    LastKind = CutOff,
}
