using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.History;
using Alga.Extensions.Registry.Install.Rollback;
using Alga.Extensions.Registry.Install.Rollout;
using Alga.Extensions.Registry.Install.Settings;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Uninstall;
using Alga.Extensions.Registry.Install.Upgrade;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install;

/// <summary>What becomes of an install after its first day, over HTTP, for admins. Each write takes <c>If-Match</c>.</summary>
public sealed class LifecycleEndpoints(
    InstallEdge installs,
    Upgrader upgrader,
    Rollbacks rollbacks,
    Rollouts rollouts,
    InstallSettings settings,
    Uninstaller uninstaller,
    Policies policies,
    HistoryQueries history)
{
    /// <summary><c>GET /api/tenant/installs/{name}/upgrade?version=</c>: what an upgrade would change.</summary>
    public Task<IResult> PreviewAsync(HttpRequest request, string name) => installs.ReadAsAdminAsync("registry.installs.preview", request, name, async (call, tenantId) =>
    {
        var version = (string?)request.Query["version"];
        var previewed = await upgrader.PreviewAsync(tenantId, name, string.IsNullOrEmpty(version) ? null : version, call.Aborted).ConfigureAwait(false);
        return previewed.TryGet(out var preview, out var refusal) ? RegistryResults.Json(preview, RegistryJson.Default.UpgradePreview) : refusal.ToProblem();
    });

    /// <summary><c>POST /api/tenant/installs/{name}/upgrade</c>: 200, or 202 where the upgrade waits for consent.</summary>
    public Task<IResult> UpgradeAsync(HttpRequest request, string name) => installs.WriteAsync(
        "registry.installs.upgrade",
        request,
        name,
        async (call, tenantId, ifMatch) =>
        {
            var read = await call.ReadOptionalJsonAsync(RegistryJson.Default.UpgradeRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
            if (!read.TryGet(out var body, out var refusal)) return refusal;
            return await upgrader.UpgradeAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
        },
        write => write.Install.Pending is not null && write.Install.VersionId == write.Before?.VersionId && write.Install.Rollout == write.Before?.Rollout
            ? StatusCodes.Status202Accepted
            : StatusCodes.Status200OK);

    /// <summary><c>POST /api/tenant/installs/{name}/consent</c></summary>
    public Task<IResult> ConsentAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.consent", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.ConsentRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        return await upgrader.ConsentAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>POST /api/tenant/installs/{name}/reject</c></summary>
    public Task<IResult> RejectAsync(HttpRequest request, string name) => installs.WriteAsync(
        "registry.installs.reject", request, name, (call, tenantId, ifMatch) => upgrader.RejectAsync(tenantId, call.Actor, name, ifMatch, call.Aborted));

    /// <summary><c>POST /api/tenant/installs/{name}/rollback</c></summary>
    public Task<IResult> RollBackAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.rollback", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadOptionalJsonAsync(RegistryJson.Default.RollbackRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        return await rollbacks.RollBackAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>PUT /api/tenant/installs/{name}/rollout</c>: the share of users that get the candidate.</summary>
    public Task<IResult> SetPercentAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.rollout", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.RolloutRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        return await rollouts.SetPercentAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>POST /api/tenant/installs/{name}/promote</c></summary>
    public Task<IResult> PromoteAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.promote", request, name, (call, tenantId, ifMatch) =>
        ThenFollowAsync(call, tenantId, rollouts.PromoteAsync(tenantId, call.Actor, name, ifMatch, call.Aborted)));

    /// <summary><c>POST /api/tenant/installs/{name}/abort</c></summary>
    public Task<IResult> AbortAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.abort", request, name, (call, tenantId, ifMatch) =>
        ThenFollowAsync(call, tenantId, rollouts.AbortAsync(tenantId, call.Actor, name, ifMatch, call.Aborted)));

    /// <summary><c>PUT /api/tenant/installs/{name}/config</c>: the body is the settings.</summary>
    public Task<IResult> PutConfigAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.config", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.JsonDocument, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        using (body) return await settings.SetConfigAsync(tenantId, call.Actor, name, body.RootElement.Clone(), ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>PUT /api/tenant/installs/{name}/grants</c>: the body is the grants.</summary>
    public Task<IResult> PutGrantsAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.grants", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.InstallGrants, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        return await settings.SetGrantsAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>PUT /api/tenant/installs/{name}/policy</c></summary>
    public Task<IResult> PutPolicyAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.policy", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.PolicyRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        return await policies.SetAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>POST /api/tenant/installs/{name}/restore</c></summary>
    public Task<IResult> RestoreAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.restore", request, name, (call, tenantId, ifMatch) =>
        ThenFollowAsync(call, tenantId, uninstaller.RestoreAsync(tenantId, call.Actor, name, ifMatch, call.Aborted)));

    /// <summary><c>GET /api/tenant/installs/{name}/history?cursor=&amp;limit=</c></summary>
    public Task<IResult> HistoryAsync(HttpRequest request, string name) => installs.ReadAsAdminAsync("registry.installs.history", request, name, async (call, tenantId) =>
    {
        if (!HistoryQueries.ReadPage(request).TryGet(out var page, out var refusal)) return refusal.ToProblem();
        var found = await history.ListAsync(tenantId, name, page, call.Aborted).ConfigureAwait(false);
        return found.TryGet(out var changes, out refusal) ? RegistryResults.Json(changes, RegistryJson.Default.HistoryPage) : refusal.ToProblem();
    });

    // While a rollout or the time after an uninstall lasted, following had to wait.
    private async Task<Outcome<InstallWrite>> ThenFollowAsync(RegistryCall call, Guid tenantId, Task<Outcome<InstallWrite>> write) =>
        (await write.ConfigureAwait(false)).TryGet(out var done, out var refusal)
            ? await policies.CatchUpAsync(tenantId, call.Actor, done, call.Aborted).ConfigureAwait(false)
            : refusal;
}
