using System.Text.Json.Serialization;

namespace Alga.Extensions.Gateway.Events;

/// <summary>What a schedule's endpoint gets as its body.</summary>
/// <param name="Schedule">Name of the schedule.</param>
/// <param name="ScheduledFor">RFC 3339 instant at which the run was due.</param>
/// <param name="Attempt">From 1.</param>
internal sealed record ScheduledCall(string Schedule, string ScheduledFor, int Attempt);

/// <summary>Source-generated JSON of it: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduledCall))]
internal sealed partial class ScheduledCallJson : JsonSerializerContext
{
}
