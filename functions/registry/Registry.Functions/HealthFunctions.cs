using Alga.Extensions.Registry.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>Whether the app can work.</summary>
public sealed class HealthFunctions(HealthEndpoint health)
{
    [Function("health")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) => health.GetAsync(request);
}
