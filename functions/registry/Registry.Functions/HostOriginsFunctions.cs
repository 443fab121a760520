using Alga.Extensions.Registry.HostOrigins;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>The hosts that tenants have at names of their own.</summary>
public sealed class HostOriginsFunctions(HostOriginsEndpoints origins)
{
    private const string Path = "registry/tenants/{tenant}/host-origins";

    [Function("host-origins-get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Path)] HttpRequest request, string tenant) => origins.GetAsync(request, tenant);

    [Function("host-origins-put")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Path)] HttpRequest request, string tenant) => origins.PutAsync(request, tenant);

    [Function("host-origins-delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Path)] HttpRequest request, string tenant) => origins.DeleteAsync(request, tenant);
}
