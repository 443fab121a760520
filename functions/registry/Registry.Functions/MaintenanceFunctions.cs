using Alga.Extensions.Registry.Maintenance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What a scheduler of the platform's operator calls.</summary>
public sealed class MaintenanceFunctions(MaintenanceEndpoints maintenance)
{
    [Function("maintenance-purge")]
    public Task<IResult> Purge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/maintenance/purge")] HttpRequest request) =>
        maintenance.PurgeAsync(request);

    [Function("maintenance-follow")]
    public Task<IResult> Follow([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/maintenance/follow")] HttpRequest request) =>
        maintenance.FollowAsync(request);
}
