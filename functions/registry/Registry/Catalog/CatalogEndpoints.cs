using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>The catalogue over HTTP, for everybody who is signed in.</summary>
public sealed class CatalogEndpoints(RegistryEdge edge, CatalogQueries catalog)
{
    /// <summary><c>GET /api/registry/extensions?publisher=&amp;cursor=&amp;limit=</c></summary>
    public Task<IResult> ListAsync(HttpRequest request) => edge.RunAsync("registry.extensions.list", request, async call =>
    {
        if (!PageRequest.Read(request).TryGet(out var page, out var refusal)) return refusal.ToProblem();
        string? publisher = request.Query["publisher"];
        if (publisher is not null && !PublisherName.IsValid(publisher)) return new Refusal(ErrorCode.InvalidRequest, "publisher is not a publisher's name.").ToProblem();
        var extensions = await catalog.ListAsync(page, publisher, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(extensions, RegistryJson.Default.ExtensionPage);
    });

    /// <summary><c>GET /api/registry/extensions/{name}</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => edge.RunAsync("registry.extensions.get", request, async call =>
    {
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        var found = await catalog.DescribeAsync(name, call.Aborted).ConfigureAwait(false);
        if (!found.TryGet(out var extension, out var refusal)) return refusal.ToProblem();
        return RegistryResults.Json(extension, RegistryJson.Default.ExtensionDetails);
    });

    /// <summary><c>GET /api/registry/extensions/{name}/versions/{version}</c></summary>
    public Task<IResult> GetVersionAsync(HttpRequest request, string name, string version) =>
        edge.RunAsync("registry.versions.get", request, async call =>
        {
            if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
            if (!CatalogQueries.IsVersion(version)) return CatalogQueries.NoVersion(name, version).ToProblem();
            var found = await catalog.FindVersionAsync(name, version, call.Aborted).ConfigureAwait(false);
            if (!found.TryGet(out var view, out var refusal)) return refusal.ToProblem();
            return RegistryResults.Json(view, RegistryJson.Default.VersionView);
        });
}
