namespace Alga.Extensions.Manifest;

/// <summary>A node of the tree of templates. A lookup visits each node at most once, whatever the templates are.</summary>
internal sealed class RouteNode
{
    private readonly Dictionary<string, RouteNode> literals = new(StringComparer.Ordinal);
    private RouteNode? parameter;
    private ManifestEndpoint? rest;

    /// <summary>The endpoint whose template ends here.</summary>
    public ManifestEndpoint? Endpoint { get; private set; }

    public void Add(ManifestEndpoint endpoint)
    {
        var node = this;
        foreach (var segment in endpoint.Path.Segments)
        {
            if (segment.Kind == RouteSegmentKind.Rest)
            {
                if (node.rest is not null) throw Ambiguous(endpoint, node.rest);
                node.rest = endpoint;
                return;
            }

            node = segment.Kind == RouteSegmentKind.Parameter ? node.parameter ??= new RouteNode() : node.Literal(segment.Text);
        }

        if (node.Endpoint is not null) throw Ambiguous(endpoint, node.Endpoint);
        node.Endpoint = endpoint;
    }

    /// <summary>Finds the endpoint for what follows <paramref name="start"/>, which is behind a slash.</summary>
    public ManifestEndpoint? Find(string path, int start)
    {
        var slash = path.IndexOf('/', start);
        var part = slash < 0 ? path.AsSpan(start) : path.AsSpan(start, slash - start);
        if (part.IsEmpty) return null;
        if (literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(part, out var literal) && Step(literal, path, slash) is { } exact) return exact;
        if (parameter is not null && Step(parameter, path, slash) is { } any) return any;
        return rest;
    }

    private static ManifestEndpoint? Step(RouteNode next, string path, int slash) => slash < 0 ? next.Endpoint : next.Find(path, slash + 1);

    private RouteNode Literal(string text)
    {
        if (!literals.TryGetValue(text, out var node)) literals.Add(text, node = new RouteNode());
        return node;
    }

    private static ArgumentException Ambiguous(ManifestEndpoint endpoint, ManifestEndpoint other) =>
        new($"{endpoint.Method} {endpoint.Path} answers the same requests as {other.Path}.");
}
