using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Record <c>response</c>, checked: counts and sizes first, then what they hold. What is too large is never copied.</summary>
internal static class ResponseReader
{
    public static Outcome<GuestResponse> Read(NativeValue value)
    {
        var fields = value.AsRecord(3);
        var status = fields[0].Value.AsU16();
        if (ResponseRules.CheckStatus(status) is { } statusFault) return statusFault;
        var list = fields[1].Value.AsList();
        if (list.Length > PlatformLimits.MaxHeaderCount) return ResponseRules.TooManyHeaders;
        if (Pairs.Bytes(list) > PlatformLimits.MaxHeaderBytes) return ResponseRules.HeadersTooLarge;
        var headers = Pairs.Read(list);
        if (ResponseRules.CheckHeaders(headers) is { } headerFault) return headerFault;
        var body = BodyValue.Of(fields[2].Value);
        if (ResponseRules.CheckBody(status, body.Bytes, body.IsBinary) is { } bodyFault) return bodyFault;
        return new GuestResponse(status, headers, body.Read());
    }
}
