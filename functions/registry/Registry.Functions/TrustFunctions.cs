using Alga.Extensions.Registry.Accept;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.Revoke;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What the registry itself signs, and what it takes back.</summary>
public sealed class TrustFunctions(AcceptanceEndpoint acceptance, IndexEndpoints indexes, RevokeEndpoints revoke)
{
    [Function("versions-acceptance")]
    public Task<IResult> GetAcceptance(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/versions/{version}/acceptance")] HttpRequest request,
        string name,
        string version) =>
        acceptance.GetAsync(request, name, version);

    [Function("versions-revoke")]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/versions/{version}/revoke")] HttpRequest request,
        string name,
        string version) =>
        revoke.RevokeAsync(request, name, version);

    [Function("versions-restore")]
    public Task<IResult> Restore(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/versions/{version}/restore")] HttpRequest request,
        string name,
        string version) =>
        revoke.RestoreAsync(request, name, version);

    [Function("index-get")]
    public Task<IResult> GetIndex(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/index")] HttpRequest request, string name) =>
        indexes.GetAsync(request, name);

    [Function("index-advance")]
    public Task<IResult> AdvanceIndex(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/index/advance")] HttpRequest request, string name) =>
        indexes.AdvanceAsync(request, name);

    [Function("indexes-renew")]
    public Task<IResult> RenewIndexes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/maintenance/indexes/renew")] HttpRequest request) =>
        indexes.RenewAsync(request);
}
