namespace Alga.Extensions.LocalFunctions;

/// <summary>
/// A route template of literals, <c>{name}</c> and a last <c>{*name}</c>. Matching ignores case and a slash at the end,
/// leaves values as they are in the decoded path (so <c>%2F</c> stays) and gives an empty catch-all as null.
/// </summary>
internal sealed class RouteTemplate
{
    private readonly Segment[] segments;

    private RouteTemplate(string text, Segment[] segments)
    {
        Text = text;
        this.segments = segments;
        Parameters = [.. segments.Where(segment => segment.Kind != SegmentKind.Literal).Select(segment => segment.Text)];
    }

    private enum SegmentKind
    {
        Literal,
        Parameter,
        CatchAll,
    }

    public string Text { get; }

    /// <summary>Names of the parameters, in the order of the values that <see cref="TryMatch"/> gives.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <exception cref="InvalidOperationException">The template uses what this host does not serve.</exception>
    public static RouteTemplate Parse(string text)
    {
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return new RouteTemplate(text, [.. parts.Select((part, index) => ParseSegment(text, part, index == parts.Length - 1))]);
    }

    /// <summary>The values, or null when the path is another's.</summary>
    public string?[]? TryMatch(string path)
    {
        var values = new string?[Parameters.Count];
        var value = 0;
        var position = path.StartsWith('/') ? 1 : 0;
        foreach (var segment in segments)
        {
            if (segment.Kind == SegmentKind.CatchAll)
            {
                values[value] = position < path.Length ? path[position..] : null;
                return values;
            }

            if (position >= path.Length) return null;
            var end = path.IndexOf('/', position);
            if (end < 0) end = path.Length;
            if (end == position) return null;
            if (segment.Kind == SegmentKind.Parameter) values[value++] = path[position..end];
            else if (!path.AsSpan(position, end - position).Equals(segment.Text, StringComparison.OrdinalIgnoreCase)) return null;
            position = end + 1;
        }

        return position >= path.Length ? values : null;
    }

    private static Segment ParseSegment(string template, string part, bool last)
    {
        if (!part.Contains('{', StringComparison.Ordinal) && !part.Contains('}', StringComparison.Ordinal)) return new Segment(SegmentKind.Literal, part);

        var catchAll = part.StartsWith("{*", StringComparison.Ordinal);
        var name = part.TrimStart('{').TrimStart('*').TrimEnd('}');
        var whole = part.StartsWith('{') && part.EndsWith('}') && name.Length > 0 && name.All(char.IsAsciiLetterOrDigit);
        if (!whole || (catchAll && !last))
        {
            throw new InvalidOperationException($"Route '{template}': write only literals, {{name}} and a last {{*name}}; '{part}' is something else.");
        }

        return new Segment(catchAll ? SegmentKind.CatchAll : SegmentKind.Parameter, name);
    }

    private sealed record Segment(SegmentKind Kind, string Text);
}
