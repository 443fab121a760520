using Alga.Extensions.Registry.Install;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What a tenant's admins do, and what its users may look at.</summary>
public sealed class InstallFunctions(InstallEndpoints installs)
{
    [Function("installs-list")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs")] HttpRequest request) =>
        installs.ListAsync(request);

    [Function("installs-get")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}")] HttpRequest request, string name) =>
        installs.GetAsync(request, name);

    [Function("installs-put")]
    public Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}")] HttpRequest request, string name) =>
        installs.PutAsync(request, name);

    [Function("installs-delete")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "tenant/installs/{name}")] HttpRequest request, string name) =>
        installs.DeleteAsync(request, name);

    [Function("installs-enable")]
    public Task<IResult> Enable(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/enable")] HttpRequest request, string name) =>
        installs.EnableAsync(request, name);

    [Function("installs-disable")]
    public Task<IResult> Disable(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/disable")] HttpRequest request, string name) =>
        installs.DisableAsync(request, name);
}
