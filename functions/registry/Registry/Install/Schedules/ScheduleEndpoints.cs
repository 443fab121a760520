using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install.Schedules;

/// <summary>Schedules over HTTP, for the tenant's admins.</summary>
public sealed class ScheduleEndpoints(InstallEdge installs, ScheduleKeeper keeper)
{
    /// <summary><c>GET /api/tenant/installs/{name}/schedules</c></summary>
    public Task<IResult> ListAsync(HttpRequest request, string name) => installs.ReadAsAdminAsync("registry.schedules.list", request, name, async (call, tenantId) =>
    {
        var listed = await keeper.ListAsync(tenantId, name, call.Aborted).ConfigureAwait(false);
        return listed.TryGet(out var schedules, out var refusal) ? RegistryResults.Json(schedules, RegistryJson.Default.ScheduleList) : refusal.ToProblem();
    });

    /// <summary><c>POST /api/tenant/installs/{name}/schedules/{schedule}/pause</c></summary>
    public Task<IResult> PauseAsync(HttpRequest request, string name, string schedule) => installs.ReadAsAdminAsync("registry.schedules.pause", request, name, async (call, tenantId) =>
        Answer(await keeper.PauseAsync(tenantId, call.Actor, name, schedule, call.Aborted).ConfigureAwait(false)));

    /// <summary><c>POST /api/tenant/installs/{name}/schedules/{schedule}/resume</c></summary>
    public Task<IResult> ResumeAsync(HttpRequest request, string name, string schedule) => installs.ReadAsAdminAsync("registry.schedules.resume", request, name, async (call, tenantId) =>
        Answer(await keeper.ResumeAsync(tenantId, call.Actor, name, schedule, call.Aborted).ConfigureAwait(false)));

    private static IResult Answer(Outcome<ScheduleView> outcome) =>
        outcome.TryGet(out var schedule, out var refusal) ? RegistryResults.Json(schedule, RegistryJson.Default.ScheduleView) : refusal.ToProblem();
}
