using System.Buffers;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Interface <c>log</c>: needs no capability. Each line carries the request, the tenant, the extension and the install. It
/// goes to the platform's log and, up to a size, is kept for the record of the execution; the install's secrets are taken
/// out before either.
/// </summary>
internal sealed class GuestLog(InvocationContext context, InvocationDeadline deadline, KnownSecrets secrets, ILogger logger) : ILogCalls
{
    /// <summary>Logger category of guests' lines, so that they can be routed and filtered apart from the platform's.</summary>
    public const string Category = "Alga.Extensions.Guest";

    /// <summary>Lines of one invocation; one more says that the rest was dropped.</summary>
    public const int MaxLines = 200;

    /// <summary>Longest message, in UTF-16 code units.</summary>
    public const int MaxMessageLength = 8_192;

    /// <summary>Fields of one line.</summary>
    public const int MaxFields = 32;

    /// <summary>Longest field name and value, in UTF-16 code units.</summary>
    public const int MaxFieldNameLength = 64;
    public const int MaxFieldValueLength = 1_024;

    /// <summary>Messages and fields that are kept for the record together, in UTF-16 code units.</summary>
    public const int MaxKeptLength = 64 * 1024;

    private readonly List<GuestLogLine> kept = [];
    private int lines;
    private int keptLength;
    private bool keepsNoMore;

    /// <summary>The lines for the record of the execution, oldest first.</summary>
    public IReadOnlyList<GuestLogLine> Lines => kept;

    public void Write(GuestLogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (++lines > MaxLines)
        {
            if (lines == MaxLines + 1) Emit(GuestLogLevel.Warn, $"The extension wrote more than {MaxLines} log lines; the rest is dropped.", "");
            return;
        }

        Emit(level, secrets.RedactAndCut(message, MaxMessageLength), Format(fields));
    }

    private static LogLevel Map(GuestLogLevel level) => level switch
    {
        GuestLogLevel.Debug => LogLevel.Debug,
        GuestLogLevel.Info => LogLevel.Information,
        GuestLogLevel.Warn => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private string Format(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (fields.Count == 0) return "";
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            for (var i = 0; i < Math.Min(fields.Count, MaxFields); i++)
            {
                writer.WriteString(
                    secrets.RedactAndCut(fields[i].Key, MaxFieldNameLength), secrets.RedactAndCut(fields[i].Value, MaxFieldValueLength));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Emit(GuestLogLevel level, string message, string fields)
    {
        Keep(new GuestLogLine(deadline.Elapsed, level, message, fields));
        var mapped = Map(level);
        if (logger.IsEnabled(mapped)) HostApis.Log.Guest(logger, mapped, message, fields, context.RequestId, context.TenantId, context.ExtensionId, context.InstallId);
    }

    private void Keep(GuestLogLine line)
    {
        if (keepsNoMore) return;
        keptLength += line.Message.Length + line.Fields.Length;
        keepsNoMore = keptLength > MaxKeptLength;
        kept.Add(keepsNoMore
            ? new GuestLogLine(line.At, GuestLogLevel.Warn, $"The lines have more than {MaxKeptLength} characters; the rest is in the platform's log only.", "")
            : line);
    }
}
