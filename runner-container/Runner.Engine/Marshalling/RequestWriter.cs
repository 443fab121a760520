using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Record <c>request</c>.</summary>
internal static class RequestWriter
{
    public static ComponentValue Write(GuestRequest request) => ComponentValue.Record(
    [
        new("method", ComponentValue.String(request.Method)),
        new("path", ComponentValue.String(request.Path)),
        new("endpoint", ComponentValue.String(request.Endpoint)),
        new("params", Pairs.Write(request.Params)),
        new("query", Pairs.Write(request.Query)),
        new("headers", Pairs.Write(request.Headers)),
        new("body", BodyValue.Write(request.Body)),
    ]);
}
