using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Plans over HTTP, for operators.</summary>
public sealed class PlanEndpoints(RegistryEdge edge, PlanKeeper keeper)
{
    internal const int MaxBodyBytes = 16 * 1024;

    /// <summary><c>GET /api/registry/plans</c></summary>
    public Task<IResult> ListAsync(HttpRequest request) => RunAsync("registry.plans.list", request, async call =>
        RegistryResults.Json(new PlanList(await keeper.ListAsync(call.Aborted).ConfigureAwait(false)), RegistryJson.Default.PlanList));

    /// <summary><c>GET /api/registry/plans/{plan}</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string plan) => RunAsync("registry.plans.get", request, async call =>
        (await keeper.FindAsync(plan, call.Aborted).ConfigureAwait(false)).TryGet(out var found, out var refusal) ? Answer(call, found, StatusCodes.Status200OK) : refusal.ToProblem());

    /// <summary><c>PUT /api/registry/plans/{plan}</c></summary>
    public Task<IResult> PutAsync(HttpRequest request, string plan) => RunAsync("registry.plans.put", request, async call =>
    {
        if (!IfMatch.Read(request).TryGet(out var ifMatch, out var refusal)) return refusal.ToProblem();
        if (!(await call.ReadJsonAsync(RegistryJson.Default.PlanRequest, MaxBodyBytes).ConfigureAwait(false)).TryGet(out var body, out refusal)) return refusal.ToProblem();
        var put = await keeper.PutAsync(call.Actor, plan, body, ifMatch, call.Aborted).ConfigureAwait(false);
        return put.TryGet(out var done, out refusal) ? Answer(call, done.Plan, done.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK) : refusal.ToProblem();
    });

    /// <summary><c>DELETE /api/registry/plans/{plan}</c></summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string plan) => RunAsync("registry.plans.delete", request, async call =>
    {
        if (!IfMatch.Read(request).TryGet(out var ifMatch, out var refusal)) return refusal.ToProblem();
        return (await keeper.DeleteAsync(call.Actor, plan, ifMatch, call.Aborted).ConfigureAwait(false)).TryGet(out _, out refusal) ? Results.NoContent() : refusal.ToProblem();
    });

    private static IResult Answer(RegistryCall call, PlanView plan, int status)
    {
        call.Http.HttpContext.Response.Headers.ETag = PlanKeeper.TagOf(plan);
        return RegistryResults.Json(plan, RegistryJson.Default.PlanView, status);
    }

    private Task<IResult> RunAsync(string operation, HttpRequest request, Func<RegistryCall, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, async call =>
            CallerRights.UnlessOperator(call.Caller) is { } stranger ? stranger.ToProblem() : await handle(call).ConfigureAwait(false));
}
