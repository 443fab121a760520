using System.Text.Json.Serialization;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Data of the event <c>start</c>, the first of each connection, and what the audit log keeps of a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="EndsAt">When it is over.</param>
internal sealed record TailStart(Guid SessionId, DateTime EndsAt);

/// <summary>Data of the event <c>skipped</c>: there were more executions than the watcher could be sent.</summary>
/// <param name="Count">How many were left out here; the list of executions has them.</param>
internal sealed record TailSkipped(int Count);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TailStart))]
[JsonSerializable(typeof(TailSkipped))]
internal sealed partial class TailJson : JsonSerializerContext
{
}
