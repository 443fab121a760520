namespace Alga.Extensions.Gateway.Events;

/// <summary>A delivery that was handed out to this dispatcher for a while.</summary>
internal sealed record Delivery
{
    public required Guid DeliveryId { get; init; }

    public required Guid InstallId { get; init; }

    public required Guid LeaseId { get; init; }

    public required string EventId { get; init; }

    public required string Topic { get; init; }

    /// <summary>Name of the schedule whose run it is; null for an event of a host application.</summary>
    public string? Schedule { get; init; }

    /// <summary>Method of the endpoint that a schedule calls; null for the event handler.</summary>
    public string? Method { get; init; }

    /// <summary>There exactly when <see cref="Method"/> is.</summary>
    public string? Path { get; init; }

    /// <summary>A JSON document.</summary>
    public required string Payload { get; init; }

    /// <summary>In UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>This attempt, from 1.</summary>
    public required int Attempts { get; init; }

    /// <summary>Attempts before this one that failed by the extension's doing.</summary>
    public required int Failures { get; init; }

    /// <summary>Whether the version that the install runs by now still has the subscription or the schedule.</summary>
    public required bool IsWanted { get; init; }
}
