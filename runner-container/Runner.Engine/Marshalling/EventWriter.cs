namespace Alga.Extensions.Runner.Engine;

/// <summary>Record <c>event</c>.</summary>
internal static class EventWriter
{
    private static readonly NativeName[] Fields = NativeName.Lasting("id", "topic", "occurred-at", "attempt", "payload");

    public static NativeValue Write(GuestEvent guestEvent, ref ValueBuffer buffer) => buffer.Record(
        Fields,
        buffer.Text(guestEvent.Id),
        buffer.Text(guestEvent.Topic),
        buffer.Text(guestEvent.OccurredAt),
        NativeValue.U32(guestEvent.Attempt),
        buffer.Text(guestEvent.Payload));
}
