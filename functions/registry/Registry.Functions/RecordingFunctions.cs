using Alga.Extensions.Registry.Recordings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What a tenant's admins do with recordings of executions.</summary>
public sealed class RecordingFunctions(RecordingEndpoints recordings)
{
    [Function("recordings-policy")]
    public Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}/recording")] HttpRequest request, string name) =>
        recordings.PutAsync(request, name);

    [Function("recordings-get")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/executions/{executionId}/recording")] HttpRequest request, string name, string executionId) =>
        recordings.GetAsync(request, name, executionId);

    [Function("recordings-delete")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "tenant/installs/{name}/recordings")] HttpRequest request, string name) =>
        recordings.DeleteAsync(request, name);
}
