using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge;

/// <summary>A result whose exceptions are answered too, as long as nothing was sent.</summary>
internal sealed class GuardedResult(IResult inner, EdgeRequest edge, Faults faults) : IResult
{
    /// <summary>What it guards.</summary>
    public IResult Inner => inner;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await inner.ExecuteAsync(httpContext);
        }
#pragma warning disable CA1031 // The edge is the one place that turns any fault into an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var answer = faults.ToResult(exception, edge);
            if (httpContext.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                httpContext.Abort();
                return;
            }

            httpContext.Response.ContentLength = null;
            await answer.ExecuteAsync(httpContext);
        }
    }
}
