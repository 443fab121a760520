using Alga.Extensions.Registry.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What there is to call.</summary>
public sealed class OpenApiFunctions(OpenApiEndpoint document)
{
    [Function("openapi")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/openapi.json")] HttpRequest request) =>
        document.GetAsync(request);
}
