using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install;

/// <summary>A tenant's installs over HTTP: its users may read them, its admins may change them.</summary>
public sealed class InstallEndpoints(RegistryEdge edge, Installer installer, InstallQueries queries)
{
    // The settings at their largest, and the rest around them.
    private const int MaxBodyBytes = ConfigRules.MaxBytes + (64 * 1024);

    /// <summary><c>GET /api/tenant/installs?cursor=&amp;limit=</c></summary>
    public Task<IResult> ListAsync(HttpRequest request) => edge.RunAsync("registry.installs.list", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantUser, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!PageRequest.Read(request).TryGet(out var page, out refusal)) return refusal.ToProblem();
        var installs = await queries.ListAsync(tenantId, page, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(installs, RegistryJson.Default.InstallPage);
    });

    /// <summary><c>GET /api/tenant/installs/{name}</c>; the settings are shown to admins only.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => edge.RunAsync("registry.installs.get", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantUser, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        var found = await queries.FindAsync(tenantId, name, call.Aborted).ConfigureAwait(false);
        if (!found.TryGet(out var install, out refusal)) return refusal.ToProblem();
        return Answer(request, call.Caller.IsIn(Roles.TenantAdmin) ? install : install with { Config = null }, StatusCodes.Status200OK);
    });

    /// <summary><c>PUT /api/tenant/installs/{name}</c>: 201 for a new install, 200 for a change.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string name) => RunWriteAsync("registry.installs.put", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.InstallRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        var put = await installer.PutAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
        if (!put.TryGet(out var change, out var refusal)) return refusal.ToProblem();
        return Answer(request, change.Install, change.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    });

    /// <summary><c>DELETE /api/tenant/installs/{name}</c>: 204.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string name) => RunWriteAsync("registry.installs.delete", request, name, async (call, tenantId, ifMatch) =>
    {
        var removed = await installer.RemoveAsync(tenantId, call.Actor, name, ifMatch, call.Aborted).ConfigureAwait(false);
        return removed.TryGet(out _, out var refusal) ? Results.NoContent() : refusal.ToProblem();
    });

    /// <summary><c>POST /api/tenant/installs/{name}/enable</c></summary>
    public Task<IResult> EnableAsync(HttpRequest request, string name) => SetStatusAsync("registry.installs.enable", request, name, InstallStatus.Enabled);

    /// <summary><c>POST /api/tenant/installs/{name}/disable</c></summary>
    public Task<IResult> DisableAsync(HttpRequest request, string name) => SetStatusAsync("registry.installs.disable", request, name, InstallStatus.Disabled);

    private Task<IResult> SetStatusAsync(string operation, HttpRequest request, string name, string status) =>
        RunWriteAsync(operation, request, name, async (call, tenantId, ifMatch) =>
        {
            var set = await installer.SetStatusAsync(tenantId, call.Actor, name, status, ifMatch, call.Aborted).ConfigureAwait(false);
            return set.TryGet(out var change, out var refusal) ? Answer(request, change.Install, StatusCodes.Status200OK) : refusal.ToProblem();
        });

    private Task<IResult> RunWriteAsync(
        string operation, HttpRequest request, string name, Func<RegistryCall, Guid, IfMatch, Task<IResult>> write) =>
        edge.RunAsync(operation, request, async call =>
        {
            if (!CallerRights.TenantOf(call.Caller, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
            if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
            if (!IfMatch.Read(request).TryGet(out var ifMatch, out refusal)) return refusal.ToProblem();
            return await write(call, tenantId, ifMatch).ConfigureAwait(false);
        });

    private static IResult Answer(HttpRequest request, InstallView install, int status)
    {
        request.HttpContext.Response.Headers.ETag = install.ETag;
        return RegistryResults.Json(install, RegistryJson.Default.InstallView, status);
    }
}
