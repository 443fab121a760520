using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Runner.Http;

/// <summary>The answer of an execution. A small one says its length, which costs both sides less than one in chunks; a large one is never in memory as a whole.</summary>
internal sealed class ExecuteResult(ExecuteResponse response) : IResult
{
    private const int MaxBufferedBodyBytes = 16 * 1024;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (response.Body is { Length: > MaxBufferedBodyBytes }) return Results.Json(response, ExecutionJson.Default.ExecuteResponse).ExecuteAsync(httpContext);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(response, ExecutionJson.Default.ExecuteResponse);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        return httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
