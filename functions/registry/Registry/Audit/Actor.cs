using Alga.Extensions.Authentication;

namespace Alga.Extensions.Registry.Audit;

/// <summary>Who changes something, in which request.</summary>
/// <param name="Name">Issuer and subject: a subject alone is unique only within its issuer.</param>
/// <param name="RequestId">Our id of the request.</param>
public sealed record Actor(string Name, Guid RequestId)
{
    public static Actor From(Caller caller, Guid requestId) => new($"{caller.Issuer}#{caller.Subject}", requestId);
}
