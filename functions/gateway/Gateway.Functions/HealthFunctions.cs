using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Gateway.Functions;

/// <summary>Health of the gateway.</summary>
public sealed class HealthFunctions(Edge edge)
{
    [Function("Health")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        edge.RunAsync("gateway.health", request, _ => Task.FromResult(Health.Answer()));
}
