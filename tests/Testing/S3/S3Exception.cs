using System.Security;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Testing.S3;

/// <summary>A refusal in S3's form.</summary>
public sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    internal async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = status;
        // An answer to HEAD has no body, so clients see the status alone.
        if (HttpMethods.IsHead(context.Request.Method)) return;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{SecurityElement.Escape(Message)}</Message><RequestId>test</RequestId></Error>").ConfigureAwait(false);
    }
}
