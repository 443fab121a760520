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
internal sealed class GuestLog(InvocationContext context, KnownSecrets secrets, ILogger logger) : ILogCalls
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

    /// <summary>All lines of one invocation together, in UTF-16 code units: what 200 long ones would hold is too much for a log that all share.</summary>
    public const int MaxCharacters = 64 * 1024;

    private int lines;
    private int characters;
    private bool isFull;

    public void Write(GuestLogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (isFull) return;
        if (++lines > MaxLines || characters >= MaxCharacters)
        {
            isFull = true;
            Emit(GuestLogLevel.Warn, $"The extension wrote more than {MaxLines} log lines or {MaxCharacters} characters; the rest is dropped.", "");
            return;
        }

        if (context.Captured is null && !logger.IsEnabled(Map(level))) return;
        var cut = secrets.RedactAndCut(message, MaxMessageLength);
        var formatted = Format(fields);
        characters += cut.Length + formatted.Length;
        Emit(level, cut, formatted);
    }

    private static LogLevel Map(GuestLogLevel level) => level switch
    {
        GuestLogLevel.Debug => LogLevel.Debug,
        GuestLogLevel.Info => LogLevel.Information,
        GuestLogLevel.Warn => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private static string Name(GuestLogLevel level) => level switch
    {
        GuestLogLevel.Debug => "debug",
        GuestLogLevel.Info => "info",
        GuestLogLevel.Warn => "warn",
        _ => "error",
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
        context.Captured?.Add(Name(level), message, fields);
        HostApis.Log.Guest(logger, Map(level), message, fields, context.RequestId, context.TenantId, context.ExtensionId, context.InstallId);
    }
}
