using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Revoke;

/// <summary>Revocation of versions over HTTP.</summary>
public sealed class RevokeEndpoints(RegistryEdge edge, VersionRevoker revoker)
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary><c>POST /api/registry/extensions/{name}/versions/{version}/revoke</c>, for its publisher and for operators.</summary>
    public Task<IResult> RevokeAsync(HttpRequest request, string name, string version) => RunAsync(
        "registry.versions.revoke", request, (call, reason) => revoker.RevokeAsync(call.Caller, call.Actor, name, version, reason, call.Aborted));

    /// <summary><c>POST /api/registry/extensions/{name}/versions/{version}/restore</c>, for operators.</summary>
    public Task<IResult> RestoreAsync(HttpRequest request, string name, string version) => RunAsync(
        "registry.versions.restore", request, (call, reason) => revoker.RestoreAsync(call.Caller, call.Actor, name, version, reason, call.Aborted));

    private Task<IResult> RunAsync(string operation, HttpRequest request, Func<RegistryCall, string, Task<Outcome<RevocationView>>> change) =>
        edge.RunAsync(operation, request, async call =>
        {
            var read = await call.ReadJsonAsync(RegistryJson.Default.RevocationRequest, MaxBodyBytes).ConfigureAwait(false);
            if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
            var changed = await change(call, body.Reason).ConfigureAwait(false);
            return changed.TryGet(out var view, out var refusal) ? RegistryResults.Json(view, RegistryJson.Default.RevocationView) : refusal.ToProblem();
        });
}
