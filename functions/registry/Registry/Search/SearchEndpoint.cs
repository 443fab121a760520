using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Search;

/// <summary>The catalogue's list over HTTP, for everybody who is signed in.</summary>
public sealed class SearchEndpoint(RegistryEdge edge, SearchQueries extensions)
{
    /// <summary><c>GET /api/registry/extensions?q=&amp;publisher=&amp;cursor=&amp;limit=</c></summary>
    public Task<IResult> ListAsync(HttpRequest request) => edge.RunAsync("registry.extensions.list", request, async call =>
    {
        string? publisher = request.Query["publisher"];
        if (publisher is not null && !PublisherName.IsValid(publisher)) return new Refusal(ErrorCode.InvalidRequest, "publisher is not a publisher's name.").ToProblem();
        string? words = request.Query["q"];
        return string.IsNullOrEmpty(words)
            ? await ListAllAsync(call, publisher).ConfigureAwait(false)
            : await FindAsync(call, words, publisher).ConfigureAwait(false);
    });

    private async Task<IResult> ListAllAsync(RegistryCall call, string? publisher)
    {
        if (!PageRequest.Read(call.Http).TryGet(out var page, out var refusal)) return refusal.ToProblem();
        var listed = await extensions.ListAsync(page, publisher, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(listed, RegistryJson.Default.ExtensionPage);
    }

    private async Task<IResult> FindAsync(RegistryCall call, string words, string? publisher)
    {
        if (!PageRequest.Read(call.Http, SearchQueries.IsPlace).TryGet(out var page, out var refusal)) return refusal.ToProblem();
        if (!SearchText.Read(words).TryGet(out var text, out refusal)) return refusal.ToProblem();
        var found = await extensions.FindAsync(page, text, publisher, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(found, RegistryJson.Default.ExtensionPage);
    }
}
