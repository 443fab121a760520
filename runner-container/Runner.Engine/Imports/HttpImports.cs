namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>http</c>.</summary>
internal static class HttpImports
{
    public static readonly HostFunction[] Functions =
    [
        new("fetch", 1, static (running, arguments, ref buffer) => Values.Result(running, running.Host.Http.Fetch(Read(arguments[0])), Write, ref buffer)) { Span = "http.fetch" },
    ];

    private static readonly NativeName[] IncomingFields = NativeName.Lasting("status", "headers", "body");

    private static OutgoingRequest Read(NativeValue value)
    {
        var fields = value.AsRecord(5);
        return new OutgoingRequest(
            fields[0].Value.AsText().ToString(),
            fields[1].Value.AsText().ToString(),
            Pairs.Read(fields[2].Value.AsList()),
            BodyValue.Of(fields[3].Value).Read(),
            Values.ReadU32(fields[4].Value));
    }

    private static NativeValue Write(IncomingResponse response, ref ValueBuffer buffer) => buffer.Record(
        IncomingFields,
        NativeValue.U16((ushort)response.Status),
        Pairs.Write(response.Headers, ref buffer),
        BodyValue.Write(response.Body, ref buffer));
}
