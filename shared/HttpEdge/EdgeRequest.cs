using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge;

/// <summary>A request on its way through <see cref="Edge"/>.</summary>
/// <param name="Http">The request itself.</param>
/// <param name="RequestId">Our own id of it, a UUIDv7; never the caller's.</param>
public sealed record EdgeRequest(HttpRequest Http, Guid RequestId)
{
    /// <summary>
    /// Fires when the caller has gone. A <see cref="CancellationToken"/> parameter of a function does not, so use this one.
    /// </summary>
    public CancellationToken Aborted => Http.HttpContext.RequestAborted;
}
