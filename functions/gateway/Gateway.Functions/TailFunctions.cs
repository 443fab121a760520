using Alga.Extensions.Gateway.Tail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Gateway.Functions;

/// <summary>Executions as they happen.</summary>
public sealed class TailFunctions(GatewayEdge edge, TailEndpoint tail)
{
    [Function("ExtensionTail")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "options", Route = "ext-tail/{extensionId}")] HttpRequest request, string extensionId) =>
        edge.RunAsync("gateway.ext-tail", request, HttpMethods.Get, edgeRequest => tail.HandleAsync(edgeRequest, extensionId));
}
