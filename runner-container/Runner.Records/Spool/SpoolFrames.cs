using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;

namespace Alga.Extensions.Runner.Records;

/// <summary>
/// Records as bytes, one frame after the other: length of the JSON (u32, little endian), its CRC-32C (u32), the JSON.
/// A process that is killed while it writes leaves a last frame that is cut off; the frames before it stand.
/// </summary>
internal static class SpoolFrames
{
    /// <summary>Largest JSON of a record, in bytes; a larger length is damage.</summary>
    public const int MaxFrameBytes = 1024 * 1024;

    private const int HeaderBytes = 8;

    /// <summary>Appends the frame of a record.</summary>
    public static void Write(ArrayBufferWriter<byte> target, ExecutionRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, RecordJson.Default.ExecutionRecord);
        var header = target.GetSpan(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header, json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc(json));
        target.Advance(HeaderBytes);
        target.Write(json);
    }

    /// <summary>Reads the frames that stand at the front of a file, up to the first that does not.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="left">Bytes after the last good frame: 0 for a file that is whole.</param>
    public static List<ExecutionRecord> Read(ReadOnlySpan<byte> bytes, out int left)
    {
        var records = new List<ExecutionRecord>();
        var position = 0;
        while (bytes.Length - position >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[position..]);
            if (length is < 1 or > MaxFrameBytes || length > bytes.Length - position - HeaderBytes) break;
            var json = bytes.Slice(position + HeaderBytes, length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[(position + 4)..]) != Crc(json) || Parse(json) is not { } record) break;
            records.Add(record);
            position += HeaderBytes + length;
        }

        left = bytes.Length - position;
        return records;
    }

    private static ExecutionRecord? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecordJson.Default.ExecutionRecord);
        }
        catch (JsonException)
        {
            // Of another version, or made by hand: the same as damage.
            return null;
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
