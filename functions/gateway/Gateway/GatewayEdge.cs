using Alga.Extensions.Gateway.Cors;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway;

/// <summary>What all routes of the gateway but its health have in common: the platform's edge, and pages of other origins.</summary>
public sealed class GatewayEdge(Edge edge, IServiceProvider services)
{
    private static readonly string[] ExtensionMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private readonly CorsPolicy cors = services.GetRequiredService<CorsPolicy>();

    /// <summary>Runs a handler of a route with one method; OPTIONS that is no preflight is <c>method_not_allowed</c>.</summary>
    /// <param name="operation">Name of the span.</param>
    /// <param name="request">The request.</param>
    /// <param name="method">Upper case.</param>
    /// <param name="handle">Does the work.</param>
    public Task<IResult> RunAsync(string operation, HttpRequest request, string method, Func<EdgeRequest, Task<IResult>> handle) =>
        RunAsync(operation, request, [method], edgeRequest => HttpMethods.IsOptions(request.Method) ? Task.FromResult(MethodNotAllowed.Answer(edgeRequest, [method])) : handle(edgeRequest));

    /// <summary>Runs a handler of requests to extensions, which also says what it thinks of OPTIONS.</summary>
    /// <param name="operation">Name of the span.</param>
    /// <param name="request">The request.</param>
    /// <param name="handle">Does the work.</param>
    public Task<IResult> RunExtensionAsync(string operation, HttpRequest request, Func<EdgeRequest, Task<IResult>> handle) =>
        RunAsync(operation, request, ExtensionMethods, handle);

    private Task<IResult> RunAsync(string operation, HttpRequest request, IReadOnlyList<string> methods, Func<EdgeRequest, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, edgeRequest =>
        {
            if (cors.TryAnswerPreflight(request, methods)) return Task.FromResult(Results.NoContent());
            cors.Mark(request.HttpContext);
            return handle(edgeRequest);
        });
}
