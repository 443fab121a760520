using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Gateway.Functions;

/// <summary>Requests to extensions.</summary>
public sealed class ExtensionFunctions(GatewayEdge edge, ExtensionGateway gateway)
{
    [Function("Extension")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = "ext/{extensionId}/{*path}")] HttpRequest request,
        string extensionId,
        string? path) =>
        edge.RunExtensionAsync("gateway.extension", request, edgeRequest => gateway.HandleAsync(edgeRequest, extensionId, path));
}
