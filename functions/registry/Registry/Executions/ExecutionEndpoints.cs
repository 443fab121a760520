using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Executions;

/// <summary>A tenant's execution log over HTTP, for its admins: records name users and hold what extensions logged.</summary>
public sealed class ExecutionEndpoints(RegistryEdge edge, ExecutionQueries queries)
{
    /// <summary><c>GET /api/tenant/installs/{name}/executions?status=&amp;code=&amp;endpoint=&amp;user=&amp;from=&amp;to=&amp;cursor=&amp;limit=</c></summary>
    public Task<IResult> ListAsync(HttpRequest request, string name) => edge.RunAsync("registry.executions.list", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        if (!ExecutionFilter.Read(request).TryGet(out var filter, out refusal)) return refusal.ToProblem();
        var listed = await queries.ListAsync(tenantId, name, filter, call.Aborted).ConfigureAwait(false);
        return listed.TryGet(out var page, out refusal) ? RegistryResults.Json(page, RegistryJson.Default.ExecutionPage) : refusal.ToProblem();
    });

    /// <summary><c>GET /api/tenant/installs/{name}/executions/{executionId}</c>, with its log lines.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name, string executionId) => edge.RunAsync("registry.executions.get", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        if (!UuidText.TryParse(executionId, out var id)) return new Refusal(ErrorCode.InvalidRequest, "An execution's id is a UUID, as its list gives it.").ToProblem();
        var found = await queries.FindAsync(tenantId, name, id, call.Aborted).ConfigureAwait(false);
        return found.TryGet(out var details, out refusal) ? RegistryResults.Json(details, RegistryJson.Default.ExecutionDetails) : refusal.ToProblem();
    });
}
