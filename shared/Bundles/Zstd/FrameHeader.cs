using System.Buffers.Binary;

namespace Alga.Extensions.Bundles.Zstd;

/// <summary>The header of a zstd frame (RFC 8878, 3.1.1.1), read before any of the frame is given to the decoder.</summary>
/// <param name="WindowBytes">Memory the decoder has to hold, in bytes.</param>
/// <param name="ContentBytes">Expanded size where the header says it.</param>
internal readonly record struct FrameHeader(long WindowBytes, long? ContentBytes)
{
    /// <summary>Longest header in bytes: magic, descriptor, window, dictionary id, content size.</summary>
    public const int MaxLength = 4 + 1 + 1 + 4 + 8;

    private const uint Magic = 0xFD2FB528;
    private const uint SkippableMagic = 0x184D2A50;

    /// <summary>Reads the header at the start of some bytes. On false, <paramref name="fault"/> is a sentence that says why.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header, out string fault)
    {
        header = default;
        fault = "The bundle ends within its zstd header.";
        if (bytes.Length < 5) return false;
        if (!IsPlainFrame(bytes, out fault)) return false;

        var descriptor = bytes[4];
        var singleSegment = (descriptor & 0x20) != 0;
        var sizeLength = (descriptor >> 6) switch { 0 => singleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        var sizeOffset = singleSegment ? 5 : 6;
        fault = "The bundle ends within its zstd header.";
        if (bytes.Length < sizeOffset + sizeLength) return false;

        var size = bytes.Slice(sizeOffset, sizeLength);
        ulong? content = sizeLength switch
        {
            0 => null,
            1 => size[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(size) + 256UL,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(size),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(size),
        };
        // A single segment is its own window.
        var window = singleSegment ? content!.Value : WindowOf(bytes[5]);
        header = new(Clamp(window), content is { } value ? Clamp(value) : null);
        fault = "";
        return true;
    }

    private static bool IsPlainFrame(ReadOnlySpan<byte> bytes, out string fault)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var descriptor = bytes[4];
        fault = magic switch
        {
            Magic when (descriptor & 0x03) != 0 => "The zstd frame asks for a dictionary.",
            Magic when (descriptor & 0x18) != 0 => "The zstd frame sets reserved bits.",
            Magic => "",
            _ when (magic & 0xFFFFFFF0) == SkippableMagic => "The bundle starts with a skippable zstd frame.",
            _ => "The bundle is not a zstd frame.",
        };
        return fault.Length == 0;
    }

    private static ulong WindowOf(byte descriptor)
    {
        var windowBase = 1UL << (10 + (descriptor >> 3));
        return windowBase + (windowBase / 8 * (descriptor & 7u));
    }

    private static long Clamp(ulong value) => (long)Math.Min(value, long.MaxValue);
}
