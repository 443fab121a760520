using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Quotas of tenants over HTTP: operators set them, a tenant's admins see what holds and what is used.</summary>
public sealed class TenantQuotaEndpoints(RegistryEdge edge, TenantQuotaKeeper keeper, EffectiveQuotaQuery effective)
{
    private static readonly Refusal NoTenant = new(ErrorCode.NotFound, "A tenant is named by its UUID, and not by the nil UUID.");

    /// <summary><c>GET /api/tenant/quotas</c></summary>
    public Task<IResult> ReadOwnAsync(HttpRequest request) => edge.RunAsync("registry.quotas.get", request, async call =>
        CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)
            ? RegistryResults.Json(await effective.ReadAsync(tenantId, call.Aborted).ConfigureAwait(false), RegistryJson.Default.EffectiveQuotas)
            : refusal.ToProblem());

    /// <summary><c>GET /api/registry/tenants/{tenant}/quota</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string tenant) => RunAsync("registry.tenantquota.get", request, tenant, async (call, tenantId) =>
        Answer(call, await keeper.ReadAsync(tenantId, call.Aborted).ConfigureAwait(false)));

    /// <summary><c>PUT /api/registry/tenants/{tenant}/quota</c></summary>
    public Task<IResult> PutAsync(HttpRequest request, string tenant) => WriteAsync("registry.tenantquota.put", request, tenant, async (call, tenantId, ifMatch) =>
        (await call.ReadJsonAsync(RegistryJson.Default.TenantQuotaRequest, PlanEndpoints.MaxBodyBytes).ConfigureAwait(false)).TryGet(out var body, out var refusal)
            ? await keeper.SetAsync(call.Actor, tenantId, body, ifMatch, call.Aborted).ConfigureAwait(false)
            : refusal);

    /// <summary><c>DELETE /api/registry/tenants/{tenant}/quota</c></summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string tenant) => WriteAsync("registry.tenantquota.delete", request, tenant, (call, tenantId, ifMatch) =>
        keeper.SetAsync(call.Actor, tenantId, null, ifMatch, call.Aborted));

    /// <summary><c>PUT /api/registry/tenants/{tenant}/quota/{name}</c></summary>
    public Task<IResult> PutExtensionAsync(HttpRequest request, string tenant, string name) => WriteAsync("registry.tenantquota.extension.put", request, tenant, async (call, tenantId, ifMatch) =>
    {
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name);
        return (await call.ReadJsonAsync(RegistryJson.Default.QuotaValues, PlanEndpoints.MaxBodyBytes).ConfigureAwait(false)).TryGet(out var body, out var refusal)
            ? await keeper.SetAsync(call.Actor, tenantId, name, body, ifMatch, call.Aborted).ConfigureAwait(false)
            : refusal;
    });

    /// <summary><c>DELETE /api/registry/tenants/{tenant}/quota/{name}</c></summary>
    public Task<IResult> DeleteExtensionAsync(HttpRequest request, string tenant, string name) => WriteAsync("registry.tenantquota.extension.delete", request, tenant, async (call, tenantId, ifMatch) =>
        ExtensionName.IsValid(name) ? await keeper.SetAsync(call.Actor, tenantId, name, null, ifMatch, call.Aborted).ConfigureAwait(false) : CatalogQueries.NoExtension(name));

    private static IResult Answer(RegistryCall call, TenantQuotaView quota)
    {
        call.Http.HttpContext.Response.Headers.ETag = TenantQuotaKeeper.TagOf(quota);
        return RegistryResults.Json(quota, RegistryJson.Default.TenantQuotaView);
    }

    private Task<IResult> WriteAsync(string operation, HttpRequest request, string tenant, Func<RegistryCall, Guid, IfMatch, Task<Outcome<TenantQuotaView>>> write) =>
        RunAsync(operation, request, tenant, async (call, tenantId) =>
        {
            if (!IfMatch.Read(request).TryGet(out var ifMatch, out var refusal)) return refusal.ToProblem();
            return (await write(call, tenantId, ifMatch).ConfigureAwait(false)).TryGet(out var quota, out refusal) ? Answer(call, quota) : refusal.ToProblem();
        });

    private Task<IResult> RunAsync(string operation, HttpRequest request, string tenant, Func<RegistryCall, Guid, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, async call =>
        {
            if (CallerRights.UnlessOperator(call.Caller) is { } stranger) return stranger.ToProblem();
            return UuidText.TryParse(tenant, out var tenantId) && tenantId != Guid.Empty ? await handle(call, tenantId).ConfigureAwait(false) : NoTenant.ToProblem();
        });
}
