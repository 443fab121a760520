using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Recordings;

/// <summary>Recordings of executions over HTTP, for the tenant's admins: nobody else decides about them or sees one.</summary>
public sealed class RecordingEndpoints(InstallEdge installs, RecordingKeeper keeper)
{
    /// <summary><c>PUT /api/tenant/installs/{name}/recording</c></summary>
    public Task<IResult> PutAsync(HttpRequest request, string name) => installs.WriteAsync("registry.installs.recording", request, name, async (call, tenantId, ifMatch) =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.RecordingRequest, InstallEdge.MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var refusal)) return refusal;
        return await keeper.SetAsync(tenantId, call.Actor, name, body, ifMatch, call.Aborted).ConfigureAwait(false);
    });

    /// <summary><c>GET /api/tenant/installs/{name}/executions/{executionId}/recording</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string name, string executionId) => installs.ReadAsAdminAsync("registry.recordings.get", request, name, async (call, tenantId) =>
    {
        if (!UuidText.TryParse(executionId, out var id)) return new Refusal(ErrorCode.InvalidRequest, "An execution's id is a UUID, as its list gives it.").ToProblem();
        var read = await keeper.ReadAsync(tenantId, call.Actor, name, id, call.Aborted).ConfigureAwait(false);
        return read.TryGet(out var json, out var refusal) ? Results.Bytes(json, "application/json") : refusal.ToProblem();
    });

    /// <summary><c>DELETE /api/tenant/installs/{name}/recordings</c>: 204, also where there were none.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string name) => installs.ReadAsAdminAsync("registry.recordings.delete", request, name, async (call, tenantId) =>
    {
        var deleted = await keeper.DeleteAsync(tenantId, call.Actor, name, call.Aborted).ConfigureAwait(false);
        return deleted.TryGet(out _, out var refusal) ? Results.NoContent() : refusal.ToProblem();
    });
}
