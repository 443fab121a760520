using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Answers of host calls as JSON and back.</summary>
internal static class RecordedAnswer
{
    public static JsonObject Write<T, TKind>(HostResult<T, TKind> result)
        where TKind : struct, Enum =>
        result.TryGet(out var value, out var error)
            ? new JsonObject { ["ok"] = JsonSerializer.SerializeToNode(value, RecordingJson.Options) }
            : new JsonObject { ["error"] = JsonSerializer.SerializeToNode(error, RecordingJson.Options) };

    /// <exception cref="JsonException">The recording was changed by hand, and wrongly.</exception>
    public static HostResult<T, TKind> Read<T, TKind>(JsonNode answer)
        where TKind : struct, Enum
    {
        if (answer is not JsonObject members) throw new JsonException("An answer is an object.");
        if (members["error"] is { } error) return error.Deserialize<HostError<TKind>>(RecordingJson.Options)!;
        return members.TryGetPropertyValue("ok", out var value)
            ? (value is null ? default! : value.Deserialize<T>(RecordingJson.Options)!)
            : throw new JsonException("An answer has \"ok\" or \"error\".");
    }
}
