using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.LocalFunctions;

/// <summary>A function that is ready to be called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Route">Its route, prefix included.</param>
/// <param name="Methods">Upper-case methods; null for all.</param>
/// <param name="InvokeAsync">Calls it with the services of the request and the route's values.</param>
internal sealed record HttpFunction(
    string Name,
    RouteTemplate Route,
    IReadOnlyList<string>? Methods,
    Func<IServiceProvider, HttpRequest, string?[], Task<IResult>> InvokeAsync)
{
    public bool Takes(string method) => Methods is null || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);
}
