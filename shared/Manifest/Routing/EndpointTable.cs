using System.Collections.Frozen;

namespace Alga.Extensions.Manifest;

/// <summary>
/// An extension's endpoints, compiled once for many lookups. Of several that match, the most specific one answers: going
/// from left to right, a literal beats a parameter and a parameter beats a rest.
/// </summary>
public sealed class EndpointTable
{
    private static readonly IReadOnlyDictionary<string, string> NoParams = FrozenDictionary<string, string>.Empty;

    private readonly FrozenDictionary<string, RouteNode> roots;

    private EndpointTable(FrozenDictionary<string, RouteNode> roots) => this.roots = roots;

    /// <summary>Compiles the endpoints of a manifest.</summary>
    /// <exception cref="ArgumentException">Two endpoints answer the same requests, which no valid manifest has.</exception>
    public static EndpointTable Build(IReadOnlyList<ManifestEndpoint> endpoints)
    {
        var roots = new Dictionary<string, RouteNode>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            if (!roots.TryGetValue(endpoint.Method, out var root)) roots.Add(endpoint.Method, root = new RouteNode());
            root.Add(endpoint);
        }

        return new(roots.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Finds the endpoint for a request; null when none is declared.</summary>
    /// <param name="method">Upper case.</param>
    /// <param name="path">Below the extension's root, percent-decoded, starting with a slash. A slash at its end counts as a part of its own.</param>
    public EndpointMatch? Match(string method, string path)
    {
        if (!path.StartsWith('/') || !roots.TryGetValue(method, out var root)) return null;
        var endpoint = path.Length == 1 ? root.Endpoint : root.Find(path, 1);
        return endpoint is null ? null : new(endpoint, Params(endpoint.Path, path));
    }

    /// <summary>The methods that are declared for a path, upper case and sorted.</summary>
    public IReadOnlyList<string> MethodsAt(string path) => [.. roots.Keys.Where(method => Match(method, path) is not null).Order(StringComparer.Ordinal)];

    private static IReadOnlyDictionary<string, string> Params(RouteTemplate template, string path)
    {
        Dictionary<string, string>? values = null;
        var start = 1;
        foreach (var segment in template.Segments)
        {
            var end = segment.Kind == RouteSegmentKind.Rest ? -1 : path.IndexOf('/', start);
            if (end < 0) end = path.Length;
            if (segment.Kind != RouteSegmentKind.Literal)
                (values ??= new(StringComparer.Ordinal)).Add(segment.Text, path[start..end]);
            start = end + 1;
        }

        return values ?? NoParams;
    }
}
