using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Register;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What publishers do, and what everybody may look at.</summary>
public sealed class ExtensionFunctions(CatalogEndpoints catalog, RegisterEndpoint register, PublishEndpoint publish)
{
    [Function("extensions-list")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions")] HttpRequest request) =>
        catalog.ListAsync(request);

    [Function("extensions-register")]
    public Task<IResult> Register([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions")] HttpRequest request) =>
        register.PostAsync(request);

    [Function("extensions-get")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}")] HttpRequest request, string name) =>
        catalog.GetAsync(request, name);

    [Function("versions-get")]
    public Task<IResult> GetVersion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/versions/{version}")] HttpRequest request,
        string name,
        string version) =>
        catalog.GetVersionAsync(request, name, version);

    [Function("versions-publish")]
    public Task<IResult> Publish(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "registry/extensions/{name}/versions/{version}")] HttpRequest request,
        string name,
        string version) =>
        publish.PutAsync(request, name, version);
}
