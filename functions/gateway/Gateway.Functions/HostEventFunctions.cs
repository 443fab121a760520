using Alga.Extensions.Gateway.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Gateway.Functions;

/// <summary>Events of the host application.</summary>
public sealed class HostEventFunctions(GatewayEdge edge, HostEvents events)
{
    [Function("HostEvents")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = "host/events")] HttpRequest request) =>
        edge.RunAsync("gateway.events", request, HttpMethods.Post, events.HandleAsync);
}
