using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>http</c>.</summary>
internal static class HttpImports
{
    public static readonly HostFunction[] Functions =
    [
        new("fetch", (host, arguments) => Values.Result(host.Http.Fetch(Read(arguments[0])), Write, CaseName)),
    ];

    private static OutgoingRequest Read(ComponentValue value)
    {
        var fields = value.AsRecord();
        return new OutgoingRequest(
            fields[0].Value.AsString(),
            fields[1].Value.AsString(),
            Pairs.Read(fields[2].Value),
            BodyValue.Read(fields[3].Value),
            Values.ReadU32(fields[4].Value));
    }

    private static ComponentValue Write(IncomingResponse response) => ComponentValue.Record(
    [
        new("status", ComponentValue.U16((ushort)response.Status)),
        new("headers", Pairs.Write(response.Headers)),
        new("body", BodyValue.Write(response.Body)),
    ]);

    private static string CaseName(HttpErrorKind kind) => kind switch
    {
        HttpErrorKind.Denied => "denied",
        HttpErrorKind.Invalid => "invalid",
        HttpErrorKind.Timeout => "timeout",
        HttpErrorKind.TooLarge => "too-large",
        HttpErrorKind.Unreachable => "unreachable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
