using Alga.Extensions.Gateway.Host;
using Alga.Extensions.Gateway.UiTokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Gateway.Functions;

/// <summary>What host applications ask for themselves.</summary>
public sealed class HostFunctions(GatewayEdge edge, HostExtensionsEndpoint extensions, UiTokenEndpoint tokens)
{
    [Function("HostExtensions")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "options", Route = "host/extensions")] HttpRequest request) =>
        edge.RunAsync("gateway.host.extensions", request, HttpMethods.Get, extensions.HandleAsync);

    [Function("ExtensionToken")]
    public Task<IResult> IssueTokenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = "ext-token/{extensionId}")] HttpRequest request, string extensionId) =>
        edge.RunAsync("gateway.ext-token", request, HttpMethods.Post, edgeRequest => tokens.HandleAsync(edgeRequest, extensionId));
}
