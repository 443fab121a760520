using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Paging;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Signing;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Catalog;

/// <summary>One extension and its versions over HTTP, for everybody who is signed in.</summary>
public sealed class CatalogEndpoints(RegistryEdge edge, CatalogQueries catalog, VersionQueries versions, IBundleStore store)
{
    /// <summary>Media type of a README or a changelog. A browser that is sent there shows it as text, whatever is in it.</summary>
    private const string MarkdownMediaType = "text/markdown; charset=utf-8";

    /// <summary><c>GET /api/registry/extensions/{name}</c></summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => edge.RunAsync("registry.extensions.get", request, async call =>
    {
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        var found = await catalog.DescribeAsync(name, call.Aborted).ConfigureAwait(false);
        if (!found.TryGet(out var extension, out var refusal)) return refusal.ToProblem();
        return RegistryResults.Json(extension, RegistryJson.Default.ExtensionDetails);
    });

    /// <summary><c>GET /api/registry/extensions/{name}/versions?cursor=&amp;limit=</c></summary>
    public Task<IResult> ListVersionsAsync(HttpRequest request, string name) => edge.RunAsync("registry.versions.list", request, async call =>
    {
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        if (!PageRequest.Read(request, CatalogQueries.IsVersion).TryGet(out var page, out var refusal)) return refusal.ToProblem();
        var listed = await versions.ListAsync(name, page, call.Aborted).ConfigureAwait(false);
        return listed.TryGet(out var found, out refusal) ? RegistryResults.Json(found, RegistryJson.Default.VersionPage) : refusal.ToProblem();
    });

    /// <summary><c>GET /api/registry/extensions/{name}/versions/{version}</c></summary>
    public Task<IResult> GetVersionAsync(HttpRequest request, string name, string version) =>
        RunForVersionAsync("registry.versions.get", request, name, version, async call =>
        {
            var found = await versions.FindAsync(name, version, call.Aborted).ConfigureAwait(false);
            return found.TryGet(out var view, out var refusal) ? RegistryResults.Json(view, RegistryJson.Default.VersionView) : refusal.ToProblem();
        });

    /// <summary><c>GET /api/registry/extensions/{name}/versions/{version}/signature</c>: the publisher's envelope, byte for byte.</summary>
    public Task<IResult> GetSignatureAsync(HttpRequest request, string name, string version) =>
        RunForVersionAsync("registry.versions.signature", request, name, version, async call =>
        {
            var found = await versions.FindHashAsync(name, version, call.Aborted).ConfigureAwait(false);
            if (!found.TryGet(out var hash, out var refusal)) return refusal.ToProblem();
            var envelope = await store.ReadAsync(BundleBlobNames.Envelope(hash), EnvelopeVerifier.MaxBytes, call.Aborted).ConfigureAwait(false);
            return envelope is not null
                ? Results.Bytes(envelope, BundleUploader.EnvelopeMediaType)
                : new Refusal(ErrorCode.BundleUnavailable, "The bundle's signature is not in the bundle store; try again later.").ToProblem();
        });

    /// <summary>
    /// <c>GET /api/registry/extensions/{name}/versions/{version}/readme</c>: the text of the bundle's README.md. Whoever shows it takes it for
    /// what it is, a stranger's words.
    /// </summary>
    public Task<IResult> GetReadmeAsync(HttpRequest request, string name, string version) =>
        RunForVersionAsync("registry.versions.readme", request, name, version, async call =>
        {
            var found = await versions.FindReadmeAsync(name, version, call.Aborted).ConfigureAwait(false);
            return found.TryGet(out var readme, out var refusal) ? Results.Text(readme, MarkdownMediaType) : refusal.ToProblem();
        });

    /// <summary>
    /// <c>GET /api/registry/extensions/{name}/versions/{version}/changelog</c>: the text of the bundle's CHANGELOG.md, a stranger's words as well.
    /// </summary>
    public Task<IResult> GetChangelogAsync(HttpRequest request, string name, string version) =>
        RunForVersionAsync("registry.versions.changelog", request, name, version, async call =>
        {
            var found = await versions.FindChangelogAsync(name, version, call.Aborted).ConfigureAwait(false);
            return found.TryGet(out var changelog, out var refusal) ? Results.Text(changelog, MarkdownMediaType) : refusal.ToProblem();
        });

    private Task<IResult> RunForVersionAsync(string operation, HttpRequest request, string name, string version, Func<RegistryCall, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, call =>
        {
            if (!ExtensionName.IsValid(name)) return Task.FromResult(CatalogQueries.NoExtension(name).ToProblem());
            return CatalogQueries.IsVersion(version) ? handle(call) : Task.FromResult(CatalogQueries.NoVersion(name, version).ToProblem());
        });
}
