using System.Collections.Frozen;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Forward;
using Alga.Extensions.Gateway.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Gateway.Cors;

/// <summary>
/// Lets pages of configured origins call the gateway (https://fetch.spec.whatwg.org/#http-cors-protocol). Never with credentials: a token is
/// in a header that the page sets itself, and no cookie counts here.
/// </summary>
internal sealed class CorsPolicy(GatewayOptions options)
{
    private const string MaxAgeSeconds = "600";

    // Beside those that an extension gets.
    private static readonly FrozenSet<string> OwnRequestHeaders = FrozenSet.ToFrozenSet(["authorization", "last-event-id", "traceparent", "tracestate"], StringComparer.Ordinal);

    private static readonly string ExposedHeaders = string.Join(
        ", ", WireHeaders.RequestId, "etag", "location", "content-disposition", "retry-after", "ratelimit", "ratelimit-policy", IdempotentCall.ReplayedHeader.ToLowerInvariant());

    private readonly FrozenSet<string> origins = options.CorsOrigins.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The answer to a browser that asks on behalf of a page of a known origin; false for any other request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="methods">Methods of the route, upper case.</param>
    public bool TryAnswerPreflight(HttpRequest request, IReadOnlyList<string> methods)
    {
        if (!HttpMethods.IsOptions(request.Method) || KnownOrigin(request) is not { } origin || request.Headers.AccessControlRequestMethod.Count != 1) return false;
        var headers = request.HttpContext.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = string.Join(", ", methods);
        headers.AccessControlMaxAge = MaxAgeSeconds;
        headers.Vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
        if (AllowedOf(request.Headers.AccessControlRequestHeaders) is { Length: > 0 } allowed) headers.AccessControlAllowHeaders = allowed;
        return true;
    }

    /// <summary>Has the answer say, once it is complete, who may read it.</summary>
    public void Mark(HttpContext context)
    {
        if (origins.Count == 0) return;
        context.Response.OnStarting(
            static state =>
            {
                var (response, origin) = ((HttpResponse, string?))state;
                // Also where there is no origin: the answer would be another one with it.
                response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
                if (origin is null) return Task.CompletedTask;
                response.Headers.AccessControlAllowOrigin = origin;
                response.Headers.AccessControlExposeHeaders = ExposedOf(response.Headers);
                return Task.CompletedTask;
            },
            (context.Response, KnownOrigin(context.Request)));
    }

    private string? KnownOrigin(HttpRequest request) => request.Headers.Origin is [{ } origin] && origins.Contains(origin) ? origin : null;

    /// <summary>What the page may send of what it wants to send.</summary>
    private static string AllowedOf(IEnumerable<string?> wanted) => string.Join(
        ", ",
        wanted.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(name => name.ToLowerInvariant())
            .Where(name => (OwnRequestHeaders.Contains(name) || RequestHeaders.IsAllowed(name)) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')));

    private static string ExposedOf(IHeaderDictionary headers)
    {
        var ofExtension = headers.Keys.Where(name => name.StartsWith(RequestHeaders.ExtensionPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        return ofExtension.Count == 0 ? ExposedHeaders : $"{ExposedHeaders}, {string.Join(", ", ofExtension)}";
    }
}
