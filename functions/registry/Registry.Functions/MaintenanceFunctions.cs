using Alga.Extensions.Registry.Maintenance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What a scheduler of the platform's operator calls.</summary>
public sealed class MaintenanceFunctions(MaintenanceEndpoints maintenance, CollectEndpoint collect)
{
    [Function("maintenance-purge")]
    public Task<IResult> Purge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/maintenance/purge")] HttpRequest request) =>
        maintenance.PurgeAsync(request);

    [Function("maintenance-follow")]
    public Task<IResult> Follow([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/maintenance/follow")] HttpRequest request) =>
        maintenance.FollowAsync(request);

    [Function("maintenance-collect")]
    public Task<IResult> Collect([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/maintenance/collect")] HttpRequest request) =>
        collect.PostAsync(request);
}
