using Alga.Extensions.Authentication;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.Registry.Audit;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Edge;

/// <summary>A request whose caller is known.</summary>
/// <param name="Request">The request at the edge.</param>
/// <param name="Caller">Who calls.</param>
public sealed record RegistryCall(EdgeRequest Request, Caller Caller)
{
    public HttpRequest Http => Request.Http;

    /// <summary>Fires when the caller has gone.</summary>
    public CancellationToken Aborted => Request.Aborted;

    /// <summary>The caller as the audit log names it.</summary>
    public Actor Actor { get; } = Actor.From(Caller, Request.RequestId);
}
