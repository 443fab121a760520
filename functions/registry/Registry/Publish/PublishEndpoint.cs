using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Publishing over HTTP.</summary>
public sealed class PublishEndpoint(RegistryEdge edge, VersionPublisher publisher)
{
    /// <summary>
    /// <c>PUT /api/registry/extensions/{name}/versions/{version}</c>: 201, or 200 when the same bytes are published already.
    /// </summary>
    public Task<IResult> PutAsync(HttpRequest request, string name, string version) => edge.RunAsync("registry.versions.publish", request, async call =>
    {
        var (publication, refusal) = await publisher.PublishAsync(call.Caller, call.Actor, name, version, request, call.Aborted).ConfigureAwait(false);
        if (publication is null) return refusal!.Refusal.ToProblem(refusal.Errors);
        var status = publication.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return RegistryResults.Json(publication.Version, RegistryJson.Default.PublishedVersion, status);
    });
}
