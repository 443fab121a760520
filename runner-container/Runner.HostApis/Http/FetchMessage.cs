using System.Net;
using System.Text;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>A request of a guest, checked and ready to go out, perhaps several times along redirects.</summary>
/// <param name="Method">One of <see cref="Methods"/>.</param>
/// <param name="Url">Checked by <see cref="FetchUrl"/>.</param>
/// <param name="Headers">Checked by <see cref="FetchHeaders"/>.</param>
/// <param name="Body">Null for none.</param>
internal sealed record FetchMessage(string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body)
{
    // "  HTTP/1.1", "Host: ", and three line ends.
    private const int FixedSize = 22;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Whether the transport may send it twice on its own, when a kept connection turns out to be closed.</summary>
    private bool IsSafe => Method is "GET" or "HEAD" or "OPTIONS";

    /// <summary>Reads what a guest asks for.</summary>
    /// <exception cref="FetchException">Something is invalid.</exception>
    public static FetchMessage Read(OutgoingRequest request)
    {
        if (!Methods.Contains(request.Method)) throw Invalid($"A method is one of {string.Join(", ", Methods)}.");
        var (url, urlFault) = FetchUrl.Read(request.Url);
        if (url is null) throw Invalid(urlFault!);
        var (headers, headerFault) = FetchHeaders.Read(request.Headers);
        if (headerFault is not null) throw Invalid(headerFault);
        var body = request.Body.Text is { } text ? Encoding.UTF8.GetBytes(text) : request.Body.Binary;
        if (body is not null && request.Method is "GET" or "HEAD") throw Invalid($"{request.Method} has no body.");
        if (body?.Length > (request.Body.Text is null ? FetchLimits.MaxBinaryBytes : FetchLimits.MaxTextBytes))
        {
            throw new FetchException(HttpErrorKind.TooLarge, $"A request's body has at most {FetchLimits.MaxTextBytes} bytes of text or {FetchLimits.MaxBinaryBytes} other bytes.");
        }

        return new FetchMessage(request.Method, url, headers, body);
    }

    /// <summary>The same for where a redirect leads. Another origin gets none of the guest's headers.</summary>
    public FetchMessage Follow(int status, Uri to)
    {
        var isSameOrigin = Uri.Compare(Url, to, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
        var headers = isSameOrigin ? Headers : [];
        // RFC 9110, 15.4: what 301 and 302 do with POST is what everybody does with it; 303 asks for the answer elsewhere.
        var becomesGet = (status is 301 or 302 && Method == "POST") || (status == 303 && Method != "HEAD");
        return becomesGet
            ? new FetchMessage("GET", to, [.. headers.Where(header => !header.Key.StartsWith("content-", StringComparison.Ordinal))], null)
            : this with { Url = to, Headers = headers };
    }

    /// <summary>The request as the transport takes it.</summary>
    /// <param name="size">Its size as HTTP/1.1 would write it, in bytes.</param>
    public HttpRequestMessage ToRequest(out long size)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        // With content, even of no bytes, the handler never sends a request again by itself.
        if (Body is not null || !IsSafe) request.Content = new ByteArrayContent(Body ?? []);
        request.Headers.TryAddWithoutValidation("accept-encoding", ResponseBody.AcceptEncoding);
        if (Headers.All(header => header.Key != "user-agent")) request.Headers.TryAddWithoutValidation("user-agent", "alga-extensions");
        size = Method.Length + Url.PathAndQuery.Length + Url.Host.Length + FixedSize + (Body?.Length ?? 0);
        foreach (var (name, value) in Headers)
        {
            size += name.Length + value.Length + 4;
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static FetchException Invalid(string fault) => new(HttpErrorKind.Invalid, fault);
}
