using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Register;
using Alga.Extensions.Registry.Search;
using Alga.Extensions.Registry.Withdraw;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What publishers do, and what everybody may look at.</summary>
public sealed class ExtensionFunctions(
    SearchEndpoint search, CatalogEndpoints catalog, RegisterEndpoint register, PublishEndpoint publish, WithdrawEndpoints withdraw)
{
    [Function("extensions-list")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions")] HttpRequest request) =>
        search.ListAsync(request);

    [Function("extensions-register")]
    public Task<IResult> Register([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions")] HttpRequest request) =>
        register.PostAsync(request);

    [Function("extensions-get")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}")] HttpRequest request, string name) =>
        catalog.GetAsync(request, name);

    [Function("extensions-deprecate")]
    public Task<IResult> Deprecate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/deprecate")] HttpRequest request, string name) =>
        withdraw.DeprecateAsync(request, name);

    [Function("extensions-undeprecate")]
    public Task<IResult> Undeprecate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/undeprecate")] HttpRequest request, string name) =>
        withdraw.UndeprecateAsync(request, name);

    [Function("versions-list")]
    public Task<IResult> ListVersions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/versions")] HttpRequest request, string name) =>
        catalog.ListVersionsAsync(request, name);

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

    [Function("versions-signature")]
    public Task<IResult> GetSignature(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/versions/{version}/signature")] HttpRequest request,
        string name,
        string version) =>
        catalog.GetSignatureAsync(request, name, version);

    [Function("versions-readme")]
    public Task<IResult> GetReadme(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/versions/{version}/readme")] HttpRequest request,
        string name,
        string version) =>
        catalog.GetReadmeAsync(request, name, version);

    [Function("versions-changelog")]
    public Task<IResult> GetChangelog(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/extensions/{name}/versions/{version}/changelog")] HttpRequest request,
        string name,
        string version) =>
        catalog.GetChangelogAsync(request, name, version);

    [Function("versions-yank")]
    public Task<IResult> Yank(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/versions/{version}/yank")] HttpRequest request,
        string name,
        string version) =>
        withdraw.YankAsync(request, name, version);

    [Function("versions-unyank")]
    public Task<IResult> Unyank(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/extensions/{name}/versions/{version}/unyank")] HttpRequest request,
        string name,
        string version) =>
        withdraw.UnyankAsync(request, name, version);
}
