using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Runner.Http;

/// <summary>The answer of an execution. A small one says its length, which costs both sides less than one in chunks; a large one is never in memory as a whole.</summary>
internal sealed class ExecuteResult(ExecuteResponse response) : IResult
{
    private const int MaxBufferedBodyBytes = 16 * 1024;

    public Task ExecuteAsync(HttpContext httpContext) => response.Body is { Length: > MaxBufferedBodyBytes }
        ? Results.Json(response, ExecutionJson.Default.ExecuteResponse).ExecuteAsync(httpContext)
        : WriteAsync(httpContext);

    private async Task WriteAsync(HttpContext httpContext)
    {
        using var json = JsonBuffer.Rent();
        ExecuteResponseWriter.Write(json.Writer, response);
        json.Writer.Flush();
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = json.Written.Length;
        await httpContext.Response.Body.WriteAsync(json.Written, httpContext.RequestAborted);
    }
}
