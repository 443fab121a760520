using Alga.Extensions.Gateway.Events;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Gateway.Functions;

/// <summary>Events of the host application.</summary>
public sealed class HostEventFunctions(Edge edge, HostEvents events)
{
    [Function("HostEvents")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "host/events")] HttpRequest request) =>
        edge.RunAsync("gateway.events", request, events.HandleAsync);
}
