using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Uninstall;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install;

/// <summary>A tenant's installs over HTTP: its users may read them, its admins may change them.</summary>
public sealed class InstallEndpoints(
    RegistryEdge edge, InstallEdge installs, Installer installer, Uninstaller uninstaller, Policies policies, InstallQueries queries)
{
    /// <summary><c>GET /api/tenant/installs?uninstalled=&amp;cursor=&amp;limit=</c></summary>
    public Task<IResult> ListAsync(HttpRequest request) => edge.RunAsync("registry.installs.list", request, async call =>
    {
        if (!CallerRights.TenantOf(call.Caller, Roles.TenantUser, Roles.TenantAdmin).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
        if (!PageRequest.Read(request).TryGet(out var page, out refusal)) return refusal.ToProblem();
        if (!ReadUninstalled(request).TryGet(out var uninstalled, out refusal)) return refusal.ToProblem();
        var found = await queries.ListAsync(tenantId, uninstalled, page, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(found, RegistryJson.Default.InstallPage);
    });

    /// <summary><c>GET /api/tenant/installs/{name}?uninstalled=</c>; the settings are shown to admins only.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => installs.ReadAsync("registry.installs.get", request, name, async (call, tenantId) =>
    {
        if (!ReadUninstalled(request).TryGet(out var uninstalled, out var refusal)) return refusal.ToProblem();
        var found = await queries.FindAsync(tenantId, name, uninstalled, call.Aborted).ConfigureAwait(false);
        if (!found.TryGet(out var install, out refusal)) return refusal.ToProblem();
        return await installs.AnswerAsync(call, install, call.Caller.IsIn(Roles.TenantAdmin)).ConfigureAwait(false);
    });

    /// <summary><c>PUT /api/tenant/installs/{name}</c>: 201 for a new install and for one taken up again, 200 for a change.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string name) => installs.WriteAsync(
        "registry.installs.put",
        request,
        name,
        async (call, tenantId, ifMatch) =>
        {
            var read = await call.ReadJsonAsync(RegistryJson.Default.InstallRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
            if (!read.TryGet(out var body, out var refusal)) return refusal;
            var put = await installer.PutAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
            return put.TryGet(out var write, out refusal) && body.Policy is not null
                ? (await policies.CatchUpAsync(tenantId, call.Actor, write, call.Aborted).ConfigureAwait(false))
                : put;
        },
        write => write.Before is { IsInstalled: true } ? StatusCodes.Status200OK : StatusCodes.Status201Created);

    /// <summary><c>DELETE /api/tenant/installs/{name}</c>: 204.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string name) => installs.WriteAsync(
        "registry.installs.delete",
        request,
        name,
        (call, tenantId, ifMatch) => uninstaller.RemoveAsync(tenantId, call.Actor, name, ifMatch, call.Aborted),
        _ => StatusCodes.Status204NoContent);

    /// <summary><c>POST /api/tenant/installs/{name}/enable</c></summary>
    public Task<IResult> EnableAsync(HttpRequest request, string name) => SetStatusAsync("registry.installs.enable", request, name, InstallStatus.Enabled);

    /// <summary><c>POST /api/tenant/installs/{name}/disable</c></summary>
    public Task<IResult> DisableAsync(HttpRequest request, string name) => SetStatusAsync("registry.installs.disable", request, name, InstallStatus.Disabled);

    private Task<IResult> SetStatusAsync(string operation, HttpRequest request, string name, string status) => installs.WriteAsync(
        operation, request, name, (call, tenantId, ifMatch) => installer.SetStatusAsync(tenantId, call.Actor, name, status, ifMatch, call.Aborted));

    private static Outcome<bool> ReadUninstalled(HttpRequest request) => (string?)request.Query["uninstalled"] switch
    {
        null or "" or "false" => false,
        "true" => true,
        _ => new Refusal(ErrorCode.InvalidRequest, "uninstalled is true or false: whether to show what was uninstalled and can be restored."),
    };
}
