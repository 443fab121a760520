using System.Text.Json.Serialization;

namespace Alga.Extensions.Gateway.Schedules;

/// <summary>Payload of the event that a schedule with a topic makes.</summary>
/// <param name="Schedule">Name of the schedule.</param>
/// <param name="ScheduledFor">RFC 3339 instant at which the run was due.</param>
internal sealed record ScheduledRun(string Schedule, string ScheduledFor);

/// <summary>Source-generated JSON of it: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduledRun))]
internal sealed partial class ScheduledRunJson : JsonSerializerContext
{
}
