namespace Alga.Extensions.Runner.Engine;

/// <summary>Record <c>request</c>.</summary>
internal static class RequestWriter
{
    private static readonly NativeName[] Fields = NativeName.Lasting("method", "path", "endpoint", "params", "query", "headers", "body");

    public static NativeValue Write(GuestRequest request, ref ValueBuffer buffer) => buffer.Record(
        Fields,
        buffer.Text(request.Method),
        buffer.Text(request.Path),
        buffer.Text(request.Endpoint),
        Pairs.Write(request.Params, ref buffer),
        Pairs.Write(request.Query, ref buffer),
        Pairs.Write(request.Headers, ref buffer),
        BodyValue.Write(request.Body, ref buffer));
}
