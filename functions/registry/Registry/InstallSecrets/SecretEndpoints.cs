using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.InstallSecrets;

/// <summary>An install's secrets over HTTP, for the tenant's admins: values go in, and nothing but names and dates comes out.</summary>
public sealed class SecretEndpoints(RegistryEdge edge, SecretKeeper keeper)
{
    // A value at its largest with every character escaped, and the rest around it.
    private const int MaxBodyBytes = (SecretKeeper.MaxValueBytes * 6) + 1024;

    /// <summary><c>GET /api/tenant/installs/{name}/secrets</c></summary>
    public Task<IResult> ListAsync(HttpRequest request, string name) => RunAsync("registry.secrets.list", request, name, async (call, tenantId) =>
    {
        var listed = await keeper.ListAsync(tenantId, name, call.Aborted).ConfigureAwait(false);
        return listed.TryGet(out var secrets, out var refusal) ? RegistryResults.Json(secrets, RegistryJson.Default.SecretPage) : refusal.ToProblem();
    });

    /// <summary><c>PUT /api/tenant/installs/{name}/secrets/{secret}</c>: 201 for the first value, 200 for another.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string name, string secret) => RunAsync("registry.secrets.put", request, name, async (call, tenantId) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.SecretRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        var put = await keeper.PutAsync(tenantId, call.Actor, name, secret, body, call.Aborted).ConfigureAwait(false);
        if (!put.TryGet(out var stored, out var refusal)) return refusal.ToProblem();
        return RegistryResults.Json(stored, RegistryJson.Default.SecretView, stored.Version == 1 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    });

    /// <summary><c>DELETE /api/tenant/installs/{name}/secrets/{secret}</c>: 204, also where there was no value.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string name, string secret) => RunAsync("registry.secrets.delete", request, name, async (call, tenantId) =>
    {
        var removed = await keeper.DeleteAsync(tenantId, call.Actor, name, secret, call.Aborted).ConfigureAwait(false);
        return removed.TryGet(out _, out var refusal) ? Results.NoContent() : refusal.ToProblem();
    });

    private Task<IResult> RunAsync(string operation, HttpRequest request, string name, Func<RegistryCall, Guid, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, async call =>
        {
            if (!CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
            if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
            return await handle(call, tenantId).ConfigureAwait(false);
        });
}
