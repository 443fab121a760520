using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Audit;

/// <summary>The audit log over HTTP: a tenant's to its admins; the platform's to operators, and to publishers what concerns their names.</summary>
public sealed class AuditEndpoints(RegistryEdge edge, AuditQueries audit)
{
    /// <summary><c>GET /api/tenant/audit?target=&amp;action=&amp;cursor=&amp;limit=</c></summary>
    public Task<IResult> ListTenantAsync(HttpRequest request) => edge.RunAsync("registry.audit.tenant", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!AuditFilter.Read(request).TryGet(out var filter, out refusal)) return refusal.ToProblem();
        var entries = await audit.ListAsync(tenantId, filter, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(entries, RegistryJson.Default.AuditPage);
    });

    /// <summary><c>GET /api/registry/audit?tenant=&amp;target=&amp;action=&amp;cursor=&amp;limit=</c>; <c>tenant</c> for operators only.</summary>
    public Task<IResult> ListPlatformAsync(HttpRequest request) => edge.RunAsync("registry.audit.platform", request, async call =>
    {
        if (CallerRights.UnlessPublisherOrOperator(call.Caller) is { } stranger) return stranger.ToProblem();
        if (!AuditFilter.Read(request).TryGet(out var filter, out var refusal)) return refusal.ToProblem();
        if (request.Query["tenant"] is [{ Length: > 0 } tenant, ..]) return await ListOfTenantAsync(call, tenant, filter).ConfigureAwait(false);
        var publishers = CallerRights.IsOperator(call.Caller) ? null : call.Caller.Publishers;
        var entries = await audit.ListPlatformAsync(publishers, filter, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(entries, RegistryJson.Default.AuditPage);
    });

    private async Task<IResult> ListOfTenantAsync(RegistryCall call, string tenant, AuditFilter filter)
    {
        if (!CallerRights.IsOperator(call.Caller))
        {
            return new Refusal(ErrorCode.Forbidden, "Only an operator of the platform reads a tenant's log here; a tenant's admin reads it at GET /api/tenant/audit.").ToProblem();
        }

        if (!UuidText.TryParse(tenant, out var tenantId) || tenantId == Guid.Empty)
        {
            return new Refusal(ErrorCode.InvalidRequest, "tenant is a tenant's UUID.").ToProblem();
        }

        var entries = await audit.ListAsync(tenantId, filter, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(entries, RegistryJson.Default.AuditPage);
    }
}
