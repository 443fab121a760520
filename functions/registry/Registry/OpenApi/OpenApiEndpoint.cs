using System.Text;
using Alga.Extensions.Registry.Routes;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.OpenApi;

/// <summary>The OpenAPI document over HTTP. It says nothing that this code's readers do not know, so it needs no token.</summary>
public sealed class OpenApiEndpoint(HttpEdge.Edge edge)
{
    private static readonly Lazy<byte[]> Document = new(() => Encoding.UTF8.GetBytes(OpenApiDocument.Write(RegistryRoutes.All).ToJsonString()));

    /// <summary><c>GET /api/registry/openapi.json</c></summary>
    public Task<IResult> GetAsync(HttpRequest request) =>
        edge.RunAsync("registry.openapi", request, _ => Task.FromResult(Results.Bytes(Document.Value, "application/json")));
}
