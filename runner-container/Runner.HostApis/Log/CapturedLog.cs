using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>The log lines of one invocation for its execution record. Written on the invocation's thread, read after it.</summary>
/// <param name="time">Tells when a line was written.</param>
public sealed class CapturedLog(TimeProvider time)
{
    /// <summary>Bytes of all lines together, counted at three for each UTF-16 code unit. A last line says that more were left out.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonWriterOptions Lenient = new() { SkipValidation = true };

    private readonly long started = time.GetTimestamp();
    private List<Line>? lines;
    private int left = MaxBytes;

    /// <summary>Adds a line.</summary>
    /// <param name="level"><c>debug</c>, <c>info</c>, <c>warn</c> or <c>error</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="fields">A JSON object, or empty for none.</param>
    public void Add(string level, string message, string fields)
    {
        if (left <= 0) return;
        lines ??= [];
        left -= (message.Length + fields.Length) * 3;
        lines.Add(left > 0
            ? new Line(Elapsed, level, message, fields)
            : new Line(Elapsed, "warn", "The log is longer than a record holds; the rest is left out.", ""));
    }

    /// <summary>The lines as a JSON array of <c>{atUs, level, message, fields?}</c>; null for none.</summary>
    public string? ToJson()
    {
        if (lines is null) return null;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Lenient))
        {
            writer.WriteStartArray();
            foreach (var line in lines) Write(writer, line);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Line line)
    {
        writer.WriteStartObject();
        writer.WriteNumber("atUs", line.AtUs);
        writer.WriteString("level", line.Level);
        writer.WriteString("message", line.Message);
        if (line.Fields.Length > 0)
        {
            writer.WritePropertyName("fields");
            // Written by the log itself a moment ago.
            writer.WriteRawValue(line.Fields, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private long Elapsed => (long)time.GetElapsedTime(started).TotalMicroseconds;

    private readonly record struct Line(long AtUs, string Level, string Message, string Fields);
}
