using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Withdraw;

/// <summary>Yanks and deprecations over HTTP, for publishers and operators.</summary>
public sealed class WithdrawEndpoints(RegistryEdge edge, VersionYanker yanker, ExtensionDeprecator deprecator)
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary><c>POST /api/registry/extensions/{name}/versions/{version}/yank</c></summary>
    public Task<IResult> YankAsync(HttpRequest request, string name, string version) => edge.RunAsync("registry.versions.yank", request, async call =>
    {
        if (CallerRights.UnlessPublisherOrOperator(call.Caller) is { } stranger) return stranger.ToProblem();
        var read = await call.ReadJsonAsync(RegistryJson.Default.YankRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        return Answer(await yanker.YankAsync(call.Caller, call.Actor, name, version, body.Reason, call.Aborted).ConfigureAwait(false));
    });

    /// <summary><c>POST /api/registry/extensions/{name}/versions/{version}/unyank</c></summary>
    public Task<IResult> UnyankAsync(HttpRequest request, string name, string version) => edge.RunAsync("registry.versions.unyank", request, async call =>
        Answer(await yanker.UnyankAsync(call.Caller, call.Actor, name, version, call.Aborted).ConfigureAwait(false)));

    /// <summary><c>POST /api/registry/extensions/{name}/deprecate</c></summary>
    public Task<IResult> DeprecateAsync(HttpRequest request, string name) => edge.RunAsync("registry.extensions.deprecate", request, async call =>
    {
        if (CallerRights.UnlessPublisherOrOperator(call.Caller) is { } stranger) return stranger.ToProblem();
        var read = await call.ReadJsonAsync(RegistryJson.Default.DeprecateRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        return Answer(await deprecator.DeprecateAsync(call.Caller, call.Actor, name, body.Message, call.Aborted).ConfigureAwait(false));
    });

    /// <summary><c>POST /api/registry/extensions/{name}/undeprecate</c></summary>
    public Task<IResult> UndeprecateAsync(HttpRequest request, string name) => edge.RunAsync("registry.extensions.undeprecate", request, async call =>
        Answer(await deprecator.UndeprecateAsync(call.Caller, call.Actor, name, call.Aborted).ConfigureAwait(false)));

    private static IResult Answer(Outcome<VersionSummary> changed) =>
        changed.TryGet(out var version, out var refusal) ? RegistryResults.Json(version, RegistryJson.Default.VersionSummary) : refusal.ToProblem();

    private static IResult Answer(Outcome<ExtensionView> changed) =>
        changed.TryGet(out var extension, out var refusal) ? RegistryResults.Json(extension, RegistryJson.Default.ExtensionView) : refusal.ToProblem();
}
