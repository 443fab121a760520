using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Body of <c>POST /api/host/events</c>.</summary>
internal sealed record HostEventRequest
{
    /// <summary>As in manifests, such as <c>ticket.created</c>; at most 128 characters.</summary>
    public required string Topic { get; init; }

    /// <summary>Any JSON value, at most <see cref="EventRules.MaxPayloadBytes"/> bytes.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>The host application's own id of the event, 1 to 128 characters; one is given when it is absent.</summary>
    public string? Id { get; init; }

    /// <summary>Events of a topic with the same key are delivered one after the other, at most 128 characters; absent is a key of its own.</summary>
    public string? Key { get; init; }

    /// <summary>When it happened; now when absent.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
}

/// <summary>Answer of <c>POST /api/host/events</c>, with status 202.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Deliveries">Installs that get it.</param>
/// <param name="Duplicate">Whether this event was accepted before; then nothing was done.</param>
internal sealed record HostEventAnswer(string Id, int Deliveries, bool Duplicate);

/// <summary>Source-generated JSON of host events: camelCase; unknown, repeated and missing members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HostEventRequest))]
[JsonSerializable(typeof(HostEventAnswer))]
internal sealed partial class HostEventJson : JsonSerializerContext
{
}
