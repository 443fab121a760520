using System.Text.Json.Nodes;
using Alga.Extensions.DevHost.Events;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.DevHost.Replay;

/// <summary>A replayed guest's log lines and metrics as events.</summary>
internal sealed class ReplayOutput(EventWriter events) : ILogCalls, IMetricsCalls
{
    public void Write(GuestLogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> fields) => events.Write("log", new()
    {
        ["level"] = level.ToString().ToLowerInvariant(),
        ["message"] = message,
        ["fields"] = Object(fields),
    });

    public void Emit(string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags) => events.Write("metric", new()
    {
        ["name"] = name,
        ["kind"] = kind.ToString().ToLowerInvariant(),
        ["value"] = double.IsFinite(value) ? value : null,
        ["tags"] = Object(tags),
    });

    private static JsonObject Object(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var members = new JsonObject();
        foreach (var (name, value) in pairs) members[name] = value;
        return members;
    }
}
