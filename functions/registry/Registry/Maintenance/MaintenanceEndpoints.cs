using System.Globalization;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.Uninstall;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>Work that a scheduler of the platform's operator starts. Each call does a part and tells whether more is left.</summary>
public sealed class MaintenanceEndpoints(RegistryEdge edge, InstallPurger purger, InstallFollower follower)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary><c>POST /api/registry/maintenance/purge?limit=</c>: purges what was uninstalled and can be restored no longer.</summary>
    public Task<IResult> PurgeAsync(HttpRequest request) => RunAsync("registry.maintenance.purge", request, async (call, limit) =>
        RegistryResults.Json(await purger.PurgeAsync(call.Request.RequestId, limit, call.Aborted).ConfigureAwait(false), RegistryJson.Default.PurgeReport));

    /// <summary><c>POST /api/registry/maintenance/follow?limit=</c>: moves installs that follow new versions.</summary>
    public Task<IResult> FollowAsync(HttpRequest request) => RunAsync("registry.maintenance.follow", request, async (call, limit) =>
    {
        var done = await follower.RunAsync(call.Request.RequestId, limit, call.Aborted).ConfigureAwait(false);
        return done.TryGet(out var report, out var refusal) ? RegistryResults.Json(report, RegistryJson.Default.FollowReport) : refusal.ToProblem();
    });

    private Task<IResult> RunAsync(string operation, HttpRequest request, Func<RegistryCall, int, Task<IResult>> work) =>
        edge.RunAsync(operation, request, async call =>
        {
            if (CallerRights.UnlessOperator(call.Caller) is { } refusal) return refusal.ToProblem();
            var limit = DefaultLimit;
            if ((string?)request.Query["limit"] is { } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            {
                return new Refusal(ErrorCode.InvalidRequest, $"limit is a number from 1 to {MaxLimit}: how many installs one call works on.").ToProblem();
            }

            return await work(call, limit).ConfigureAwait(false);
        });
}
