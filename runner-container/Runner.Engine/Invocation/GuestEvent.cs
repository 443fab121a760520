using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>An event for the guest's event handler. It answers 204, or 500 and why it failed as the body's text.</summary>
public sealed record GuestEvent : GuestCall
{
    /// <summary>Status of an event that was handled.</summary>
    public const int Handled = 204;

    /// <summary>Status of an event that the handler says it failed on.</summary>
    public const int Failed = 500;

    public required string Id { get; init; }

    public required string Topic { get; init; }

    /// <summary>RFC 3339 instant.</summary>
    public required string OccurredAt { get; init; }

    /// <summary>Delivery attempt, from 1.</summary>
    public required uint Attempt { get; init; }

    /// <summary>A JSON document.</summary>
    public required string Payload { get; init; }

    internal override nint? Find(GuestComponent guest) => guest.HandleEvent;

    internal override NativeValue Write(ref ValueBuffer buffer) => EventWriter.Write(this, ref buffer);

    internal override Outcome<GuestResponse> Read(NativeValue answer) => answer.AsResult(out var payload)
        ? new GuestResponse(Handled, [], default)
        : new GuestResponse(Failed, [], GuestBody.OfText(payload.AsText().ToString()));
}
