using System.Buffers;
using CsCheck;

namespace Alga.Extensions.Runner.Records.Tests;

public sealed class SpoolFramesTests
{
    [Fact]
    public void What_is_written_is_read() =>
        Gen.String.Array[0, 5].Sample(texts =>
        {
            var records = texts.Select(text => Sample.Record() with { UserId = text, Logs = null, Code = text.Length > 3 ? "timeout" : null }).ToList();
            Assert.Equal(records.Select(Printed), SpoolFrames.Read(Write(records), out var left).Select(Printed));
            Assert.Equal(0, left);
        });

    /// <summary>A kill in the middle of a write, at every byte.</summary>
    [Fact]
    public void A_file_that_is_cut_off_gives_the_records_before_the_cut()
    {
        var records = new[] { Sample.Record(), Sample.Record(), Sample.Record() };
        var whole = Write(records);
        var ends = records.Select((_, index) => Write(records[..(index + 1)]).Length).ToList();
        for (var length = 0; length < whole.Length; length++)
        {
            var read = SpoolFrames.Read(whole.AsSpan(0, length), out var left);
            var complete = ends.Count(end => end <= length);
            Assert.Equal(records[..complete], read);
            Assert.Equal(length - (complete == 0 ? 0 : ends[complete - 1]), left);
        }
    }

    [Fact]
    public void A_flipped_bit_ends_the_file_before_its_record() =>
        Gen.Int[0, Write([Sample.Record()]).Length - 1].Select(Gen.Int[0, 7]).Sample((position, bit) =>
        {
            var records = new[] { Sample.Record(), Sample.Record() };
            var bytes = Write(records);
            bytes[position] ^= (byte)(1 << bit);
            Assert.Empty(SpoolFrames.Read(bytes, out var left));
            Assert.Equal(bytes.Length, left);
        });

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.InRange(SpoolFrames.Read(bytes, out var left).Count, 0, bytes.Length - left));

    private static byte[] Write(IEnumerable<ExecutionRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var record in records) SpoolFrames.Write(buffer, record);
        return buffer.WrittenSpan.ToArray();
    }

    // Half a surrogate pair has no UTF-8: it is replaced, and compares as it was printed.
    private static string Printed(ExecutionRecord record) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(record.ToString()));
}
