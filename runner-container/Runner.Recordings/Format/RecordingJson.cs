using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>A recording as JSON: camelCase, what is null left out.</summary>
public static class RecordingJson
{
    // What came from outside. The rest are numbers and names of the platform's, which a placeholder would make unreadable.
    private static readonly string[] Foreign = ["request", "event", "calls", "end"];

    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new GuestBodyConverter() },
    };

    /// <summary>Reads a recording.</summary>
    /// <exception cref="JsonException">It is none, or of another format.</exception>
    public static Recording Read(ReadOnlySpan<byte> json)
    {
        var recording = JsonSerializer.Deserialize<Recording>(json, Options) ?? throw new JsonException("A recording is an object.");
        if (recording.Format != Recording.CurrentFormat) throw new JsonException($"The recording has format {recording.Format}; this program knows {Recording.CurrentFormat}.");
        if ((recording.Request is null) == (recording.Event is null)) throw new JsonException("A recording has either a request or an event.");
        return recording;
    }

    /// <summary>Writes a recording with every text that came from outside taken through <paramref name="redact"/>.</summary>
    public static byte[] Write(Recording recording, Func<string, string> redact)
    {
        var json = JsonSerializer.SerializeToNode(recording, Options)!.AsObject();
        foreach (var name in Foreign)
        {
            if (json[name] is { } value) json[name] = Redaction.Of(value, redact);
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, Options);
    }
}
