namespace Alga.Extensions.Contracts.Execution;

/// <summary>An event that the guest's event handler receives.</summary>
public sealed record ExecuteEvent
{
    /// <summary>What stands as the method of an event: no request has it, so a token for one is of no use for the other.</summary>
    public const string Method = "EVENT";

    /// <summary>The same at every attempt.</summary>
    public required string Id { get; init; }

    public required string Topic { get; init; }

    /// <summary>RFC 3339 instant.</summary>
    public required string OccurredAt { get; init; }

    /// <summary>Delivery attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>A JSON document.</summary>
    public required string Payload { get; init; }

    /// <summary>What the request has in the place of an HTTP request: method <c>EVENT</c>, the topic below a slash as the path, and nothing else.</summary>
    public ExecuteHttp ToHttp() => new() { Method = Method, Path = "/" + Topic, Endpoint = Topic };
}
