using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.TrustedIndexes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// <c>GET</c> and <c>HEAD /ext-ui/{extensionId}/{contentHash}/{path}</c>: files below <c>ui/</c> of a verified bundle, for ever the same.
/// A path without an extension that a browser asks a page for is one of the page's own routes, and gets the entry. Nobody has to say
/// who they are: what lies here is the same for all, and holds nothing of a tenant.
/// </summary>
public sealed class UiEndpoint(UiCache cache, UiHeaders headers, UiHostLists hosts, UiOrigin origin, TrustedIndexCache indexes)
{
    /// <summary>First part of every path.</summary>
    public const string Root = "/ext-ui/";

    private static readonly StringValues Immutable = "public, max-age=31536000, immutable";
    private static readonly StringValues ByEncoding = HeaderNames.AcceptEncoding;
    private static readonly StringValues Methods = "GET, HEAD";

    private static readonly Refusal NoSuchFile = new(ErrorCode.NotFound, "There is no such file.");

    /// <summary>Answers one request below <see cref="Root"/>.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        headers.Set(response.Headers);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = Methods;
            return;
        }

        if (!(await FindAsync(request, http.RequestAborted)).TryGet(out var asset, out var refusal))
        {
            await new ProblemResult(refusal).ExecuteAsync(http);
            return;
        }

        if (request.Query.TryGetValue(ExtensionUiUrl.HostsParameter, out var list))
        {
            if (!(await hosts.FindAsync(list.ToString(), http.RequestAborted)).TryGet(out var forHosts, out refusal))
            {
                await new ProblemResult(refusal).ExecuteAsync(http);
                return;
            }

            forHosts.Set(response.Headers);
        }

        await SendAsync(http, asset);
    }

    private async ValueTask<Outcome<UiAsset>> FindAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!UiPath.TryParse(request.Path.Value, out var path) || !origin.Admits(request.Host, path.Hash)) return NoSuchFile;
        if (!(await cache.GetAsync(path.Hash, aborted)).TryGet(out var bundle, out var refusal)) return refusal;
        if (!path.IsOf(bundle.Extension)) return NoSuchFile;
        // Also of what is in memory already: a revocation holds for the very next request.
        if (await indexes.FindFaultAsync(bundle.Extension, bundle.Version, path.Hash, aborted) is { } revoked) return revoked;
        if (bundle.Assets.TryGetValue(path.File, out var asset)) return asset;
        return UiPath.IsRoute(path.File) && AcceptsPage(request) ? bundle.Assets[bundle.Entry] : NoSuchFile;
    }

    private static bool AcceptsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task SendAsync(HttpContext http, UiAsset asset)
    {
        var variant = Choose(http.Request, asset);
        var headers = http.Response.Headers;
        headers.CacheControl = Immutable;
        if (asset.Brotli is not null || asset.Gzip is not null) headers.Vary = ByEncoding;
        if (variant.Encoding is not null) headers.ContentEncoding = variant.Encoding;
        // Conditions, ranges and HEAD are the framework's.
        FileContentHttpResult file = TypedResults.Bytes(variant.Content, asset.MediaType, enableRangeProcessing: variant.Encoding is null, entityTag: variant.ETag);
        return file.ExecuteAsync(http);
    }

    /// <summary>A part of a file is a part of the file as it is: who asks for one gets that form.</summary>
    private static UiVariant Choose(HttpRequest request, UiAsset asset)
    {
        if (asset.Brotli is null && asset.Gzip is null) return asset.Plain;
        if (request.Headers.Range.Count > 0) return asset.Plain;
        var accepted = AcceptedEncodings.Read(request.Headers.AcceptEncoding);
        if (accepted.Brotli && asset.Brotli is { } brotli) return brotli;
        return accepted.Gzip && asset.Gzip is { } gzip ? gzip : asset.Plain;
    }
}
