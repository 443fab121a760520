using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Names and arguments of host calls, for recording and replay alike.</summary>
internal static class CallArguments
{
    public static (string Name, JsonObject Arguments) Current() => ("context.current", []);

    public static (string Name, JsonObject Arguments) StorageGet(string ns, string key) =>
        ("storage.get", new JsonObject { ["namespace"] = ns, ["key"] = key });

    public static (string Name, JsonObject Arguments) StoragePut(string ns, StorageWrite write) =>
        ("storage.put", new JsonObject { ["namespace"] = ns, ["write"] = Node(write) });

    public static (string Name, JsonObject Arguments) StorageDelete(string ns, string key, ulong? ifRevision) =>
        ("storage.delete", new JsonObject { ["namespace"] = ns, ["key"] = key, ["ifRevision"] = ifRevision });

    public static (string Name, JsonObject Arguments) StorageScan(string ns, string prefix, string? cursor, uint limit) =>
        ("storage.scan", new JsonObject { ["namespace"] = ns, ["prefix"] = prefix, ["cursor"] = cursor, ["limit"] = limit });

    public static (string Name, JsonObject Arguments) StorageCommit(string ns, IReadOnlyList<StorageChange> changes) =>
        ("storage.commit", new JsonObject { ["namespace"] = ns, ["changes"] = Node(changes) });

    public static (string Name, JsonObject Arguments) Fetch(OutgoingRequest request) =>
        ("http.fetch", new JsonObject { ["request"] = Node(request) });

    public static (string Name, JsonObject Arguments) SecretGet(string name) => ("secrets.get", new JsonObject { ["name"] = name });

    public static (string Name, JsonObject Arguments) SecretNames() => ("secrets.names", []);

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, RecordingJson.Options)!;
}
