using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Match;

/// <summary>Which declared endpoint answers, and whether this caller may use it.</summary>
internal static class EndpointRules
{
    /// <summary>The refusal of what no endpoint answers.</summary>
    public static readonly Refusal NotFound = new(ErrorCode.EndpointNotFound, "The extension's manifest declares no endpoint for this method and path.");

    /// <summary>The endpoint, or <see cref="ErrorCode.EndpointNotFound"/> or <see cref="ErrorCode.Forbidden"/>.</summary>
    /// <param name="endpoints">The version's endpoints.</param>
    /// <param name="method">Upper case; HEAD is answered by the endpoint of GET.</param>
    /// <param name="path">The normalised path.</param>
    /// <param name="caller">Who calls.</param>
    public static Outcome<EndpointMatch> Find(EndpointTable endpoints, string method, string path, Caller caller)
    {
        var match = endpoints.Match(GuestMethod(method), path);
        if (match is null) return NotFound;

        var roles = match.Endpoint.Roles;
        return roles.Count == 0 || roles.Any(caller.IsIn)
            ? match
            : new Refusal(ErrorCode.Forbidden, $"This endpoint is for the role {string.Join(" or ", roles)}; ask your administrator for it.");
    }

    /// <summary>The method that the guest sees.</summary>
    public static string GuestMethod(string method) => HttpMethods.IsHead(method) ? HttpMethods.Get : method.ToUpperInvariant();
}
