using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install.Events;

/// <summary>A delivery of an event, or a run of a schedule, to an install.</summary>
public record DeliveryView
{
    public required Guid DeliveryId { get; init; }

    /// <summary>The host application's id of the event.</summary>
    public required string EventId { get; init; }

    public required string Topic { get; init; }

    /// <summary>Deliveries of a topic with the same key come one after the other; empty where the event has none.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the schedule whose run it is; null for an event.</summary>
    public required string? Schedule { get; init; }

    /// <summary>Method and path that the schedule calls; null for the event handler.</summary>
    public required string? Endpoint { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c>, <c>dead</c> or <c>dropped</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Times that it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Those that failed by the extension's own doing, since it was last redelivered.</summary>
    public required int Failures { get; init; }

    /// <summary>When it is tried next; null when it is not pending.</summary>
    public required DateTime? NextAttemptAt { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was delivered or given up; null while it is pending.</summary>
    public required DateTime? FinishedAt { get; init; }
}

/// <summary>A delivery with its payload and its last attempts.</summary>
public sealed record DeliveryDetails : DeliveryView
{
    public required DateTime OccurredAt { get; init; }

    public required JsonElement Payload { get; init; }

    /// <summary>The last 20 attempts that ended, the oldest first: <c>attempt</c>, <c>at</c>, <c>requestId</c> (as in the execution's record), <c>status</c>, <c>code</c>.</summary>
    public required JsonElement Log { get; init; }
}

/// <summary>Which deliveries are asked for.</summary>
/// <param name="Status">Only these; null for all.</param>
/// <param name="Topic">Only these; null for all.</param>
/// <param name="Page">The part of the list.</param>
public sealed record DeliveryFilter(string? Status, string? Topic, PageRequest Page)
{
    private static readonly string[] Statuses = ["pending", "delivered", "dead", "dropped"];

    /// <summary>Reads <c>status</c>, <c>topic</c>, <c>cursor</c> and <c>limit</c>.</summary>
    public static Outcome<DeliveryFilter> Read(HttpRequest request)
    {
        string? status = request.Query["status"];
        if (status is not null && !Statuses.Contains(status)) return new Refusal(ErrorCode.InvalidRequest, $"status is one of {string.Join(", ", Statuses)}.");
        string? topic = request.Query["topic"];
        if (topic is { Length: 0 or > 128 }) return new Refusal(ErrorCode.InvalidRequest, "topic has 1 to 128 characters.");
        if (topic is not null && topic.Contains('\0', StringComparison.Ordinal)) return new Refusal(ErrorCode.InvalidRequest, "topic is a topic of the manifest.");
        return PageRequest.Read(request, UuidText.IsValid).TryGet(out var page, out var refusal)
            ? new DeliveryFilter(status, topic, page)
            : refusal;
    }
}
