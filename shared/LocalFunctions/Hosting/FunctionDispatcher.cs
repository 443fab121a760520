using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.LocalFunctions;

/// <summary>Gives each request to the first function that takes it; 404 when none does, also for a wrong method.</summary>
internal sealed class FunctionDispatcher(IReadOnlyList<HttpFunction> functions, IHttpContextAccessor? accessor)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // As on the Azure host: neither is there inside a function.
        if (accessor is not null) accessor.HttpContext = null;
        Activity.Current = null;

        var path = context.Request.Path.Value ?? "/";
        foreach (var function in functions)
        {
            if (!function.Takes(context.Request.Method) || function.Route.TryMatch(path) is not { } values) continue;

            var result = await function.InvokeAsync(context.RequestServices, context.Request, values);
            await result.ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
