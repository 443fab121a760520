using Alga.Extensions.Registry.Quotas;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What tenants may use.</summary>
public sealed class QuotaFunctions(PlanEndpoints plans, TenantQuotaEndpoints quotas)
{
    [Function("plans-list")]
    public Task<IResult> ListPlans([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/plans")] HttpRequest request) => plans.ListAsync(request);

    [Function("plans-get")]
    public Task<IResult> GetPlan([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/plans/{plan}")] HttpRequest request, string plan) =>
        plans.GetAsync(request, plan);

    [Function("plans-put")]
    public Task<IResult> PutPlan([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "registry/plans/{plan}")] HttpRequest request, string plan) =>
        plans.PutAsync(request, plan);

    [Function("plans-delete")]
    public Task<IResult> DeletePlan([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "registry/plans/{plan}")] HttpRequest request, string plan) =>
        plans.DeleteAsync(request, plan);

    [Function("tenant-quota-get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/tenants/{tenant}/quota")] HttpRequest request, string tenant) =>
        quotas.GetAsync(request, tenant);

    [Function("tenant-quota-put")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "registry/tenants/{tenant}/quota")] HttpRequest request, string tenant) =>
        quotas.PutAsync(request, tenant);

    [Function("tenant-quota-delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "registry/tenants/{tenant}/quota")] HttpRequest request, string tenant) =>
        quotas.DeleteAsync(request, tenant);

    [Function("tenant-quota-extension-put")]
    public Task<IResult> PutExtension(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "registry/tenants/{tenant}/quota/{name}")] HttpRequest request, string tenant, string name) =>
        quotas.PutExtensionAsync(request, tenant, name);

    [Function("tenant-quota-extension-delete")]
    public Task<IResult> DeleteExtension(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "registry/tenants/{tenant}/quota/{name}")] HttpRequest request, string tenant, string name) =>
        quotas.DeleteExtensionAsync(request, tenant, name);

    [Function("quotas-get")]
    public Task<IResult> GetOwn([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/quotas")] HttpRequest request) => quotas.ReadOwnAsync(request);
}
