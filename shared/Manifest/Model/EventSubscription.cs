using System.Text.Json;

namespace Alga.Extensions.Manifest;

/// <summary>A topic whose events are delivered to the extension.</summary>
/// <param name="Topic">The exact topic, such as <c>ticket.created</c>.</param>
/// <param name="Filter">A JSON object of at most 4,096 bytes that narrows the topic; null for all its events.</param>
public sealed record EventSubscription(string Topic, JsonElement? Filter);
