using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;
using Rules = Alga.Extensions.Contracts.HostOrigins;

namespace Alga.Extensions.Registry.HostOrigins;

/// <summary>Operators say which hosts of its own a tenant has.</summary>
public sealed class HostOriginsEndpoints(RegistryEdge edge, HostOriginsKeeper keeper)
{
    private const int MaxBodyBytes = Rules.MaxOrigins * (Rules.MaxLength + 16);

    private static readonly Refusal NoTenant = new(ErrorCode.NotFound, "A tenant is named by its UUID, and not by the nil UUID.");

    /// <summary><c>GET /api/registry/tenants/{tenant}/host-origins</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string tenant) => RunAsync("registry.hostorigins.get", request, tenant, async (call, tenantId) =>
        await keeper.ReadAsync(tenantId, call.Aborted).ConfigureAwait(false));

    /// <summary><c>PUT /api/registry/tenants/{tenant}/host-origins</c></summary>
    public Task<IResult> PutAsync(HttpRequest request, string tenant) => RunAsync("registry.hostorigins.put", request, tenant, async (call, tenantId) =>
        (await call.ReadJsonAsync(RegistryJson.Default.HostOriginsRequest, MaxBodyBytes).ConfigureAwait(false)).TryGet(out var body, out var refusal)
            ? await keeper.SetAsync(call.Actor, tenantId, body.Origins, call.Aborted).ConfigureAwait(false)
            : refusal);

    /// <summary><c>DELETE /api/registry/tenants/{tenant}/host-origins</c></summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string tenant) => RunAsync("registry.hostorigins.delete", request, tenant, (call, tenantId) =>
        keeper.SetAsync(call.Actor, tenantId, null, call.Aborted));

    private Task<IResult> RunAsync(string operation, HttpRequest request, string tenant, Func<RegistryCall, Guid, Task<Outcome<HostOriginsView>>> handle) =>
        edge.RunAsync(operation, request, async call =>
        {
            if (CallerRights.UnlessOperator(call.Caller) is { } stranger) return stranger.ToProblem();
            if (!UuidText.TryParse(tenant, out var tenantId) || tenantId == Guid.Empty) return NoTenant.ToProblem();
            return (await handle(call, tenantId).ConfigureAwait(false)).TryGet(out var view, out var refusal)
                ? RegistryResults.Json(view, RegistryJson.Default.HostOriginsView)
                : refusal.ToProblem();
        });
}
