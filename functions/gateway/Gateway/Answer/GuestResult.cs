using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Answer;

/// <summary>A guest's answer on its way to the caller.</summary>
internal sealed class GuestResult : IResult
{
    private readonly ExecuteResponse response;
    private readonly Dictionary<string, string[]> headers;

    private GuestResult(ExecuteResponse response, Dictionary<string, string[]> headers)
    {
        this.response = response;
        this.headers = headers;
    }

    /// <summary>The result, or a problem with <see cref="ErrorCode.InvalidResponse"/> when it is no HTTP answer.</summary>
    public static IResult Create(ExecuteResponse response, string root)
    {
        if (response.Status is < 200 or > 599) return Invalid("a status that is none");
        if (response.Body?.Length > PlatformLimits.MaxTextBodyBytes) return Invalid("a body that is too large");
        return ResponseHeaders.Filter(response.Headers, root) is { } headers ? new GuestResult(response, headers) : Invalid("a header that is none");
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var answer = httpContext.Response;
        answer.StatusCode = response.Status;
        foreach (var (name, values) in headers) answer.Headers[name] = values;

        // The answer comes from the host application's own origin: as a page it gets no scripts and no origin.
        answer.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        answer.Headers.Vary = "Authorization";

        var body = response.Body ?? [];
        if (response.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified) return;
        if (body.Length > 0 && answer.ContentType is null) answer.ContentType = "application/octet-stream";
        answer.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await answer.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private static ProblemResult Invalid(string what) => new(new Refusal(ErrorCode.InvalidResponse, $"The extension answered with {what}."));
}
