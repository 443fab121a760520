using Alga.Extensions.Contracts;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Record <c>response</c>, checked: counts and sizes first, then what they hold.</summary>
internal static class ResponseReader
{
    public static Outcome<GuestResponse> Read(ComponentValue value)
    {
        var fields = value.AsRecord();
        if (ResponseRules.CheckStatus(fields[0].Value.AsU16()) is { } statusFault) return statusFault;
        if (fields[1].Value.AsList().Count > PlatformLimits.MaxHeaderCount) return ResponseRules.TooManyHeaders;
        var headers = Pairs.Read(fields[1].Value);
        if (ResponseRules.CheckHeaders(headers) is { } headerFault) return headerFault;
        if (BodyValue.BinaryLength(fields[2].Value) > PlatformLimits.MaxBinaryBodyBytes) return ResponseRules.BinaryTooLarge;
        var body = BodyValue.Read(fields[2].Value);
        if (ResponseRules.CheckBody(fields[0].Value.AsU16(), body) is { } bodyFault) return bodyFault;
        return new GuestResponse(fields[0].Value.AsU16(), headers, body);
    }
}
