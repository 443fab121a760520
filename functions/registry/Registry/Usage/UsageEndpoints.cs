using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Usage;

/// <summary>What a tenant's extensions used, for its admins.</summary>
public sealed class UsageEndpoints(RegistryEdge edge, UsageQueries queries, TimeProvider time)
{
    /// <summary><c>GET /api/tenant/installs/{name}/usage?period=&amp;from=&amp;to=</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => edge.RunAsync("registry.usage.get", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        if (!UsageRange.Read(request, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).TryGet(out var range, out refusal)) return refusal.ToProblem();
        var read = await queries.ReadAsync(tenantId, name, range, call.Aborted).ConfigureAwait(false);
        return read.TryGet(out var usage, out refusal) ? RegistryResults.Json(usage, RegistryJson.Default.UsageView) : refusal.ToProblem();
    });
}
