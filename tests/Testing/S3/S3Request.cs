using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Alga.Extensions.Testing.S3;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">As it was sent, still encoded.</param>
/// <param name="Query">Decoded pairs, in the order they were sent.</param>
/// <param name="Headers">All headers.</param>
/// <param name="Body">The whole body.</param>
internal sealed record S3Request(string Method, string Path, IReadOnlyList<(string Name, string Value)> Query, IHeaderDictionary Headers, byte[] Body)
{
    /// <summary>Name of the object; empty for the bucket.</summary>
    public string Key => Uri.UnescapeDataString(Path.Split('/', 3) is [_, _, var key] ? key : "");

    public string Bucket => Uri.UnescapeDataString(Path.Split('/', 3)[1]);

    public static S3Request Read(HttpContext context, byte[] body)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var query = target.Length < 2
            ? []
            : target[1].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (Decode(pair[0]), pair.Length < 2 ? "" : Decode(pair[1])));
        return new S3Request(context.Request.Method, target[0], [.. query], context.Request.Headers, body);
    }

    /// <summary>A parameter of the query, null when it is not there.</summary>
    public string? this[string name] => Query.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault();

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
