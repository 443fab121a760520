using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// Refuses requests that a proxy in front may have read in another way than the server here, which takes them (RFC 9112, 6.1 and 11.2): where a
/// body ends in doubt, and methods that only look like those that were checked.
/// </summary>
internal static class RequestForm
{
    // Where Kestrel puts a length that it does not use, because there is a coding as well.
    private const string UnusedContentLength = "X-Content-Length";

    private static readonly Refusal Method = new(ErrorCode.InvalidRequest, "Methods are written in upper case, such as GET.");
    private static readonly Refusal Coding = new(ErrorCode.InvalidRequest, "The body has a transfer coding that is not served; send Transfer-Encoding: chunked once, or a Content-Length.");
    private static readonly Refusal TwoLengths = new(ErrorCode.InvalidRequest, "The request has both Transfer-Encoding and Content-Length; send one of them.");

    /// <summary>The answer; null for a request that can be read in one way only. What follows on the connection is not read.</summary>
    public static ProblemResult? Refuse(HttpRequest request)
    {
        if (Check(request) is not { } refusal) return null;
        request.HttpContext.Response.Headers.Connection = "close";
        return new ProblemResult(refusal);
    }

    private static Refusal? Check(HttpRequest request)
    {
        if (request.Method.AsSpan().ContainsAnyInRange('a', 'z')) return Method;
        var coding = request.Headers.TransferEncoding;
        if (coding.Count == 0) return null;
        if (coding is not [{ } only] || !only.Equals("chunked", StringComparison.OrdinalIgnoreCase)) return Coding;
        return request.ContentLength is null && !request.Headers.ContainsKey(UnusedContentLength) ? null : TwoLengths;
    }
}
