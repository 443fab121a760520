using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Manifest;

/// <summary>
/// A path template such as <c>/agreements/:id</c> or <c>/files/*rest</c>: literal segments of <c>A-Z a-z 0-9 . _ ~ -</c>, which match
/// in the same case; <c>:name</c> for one segment; <c>*name</c>, last only, for one or more.
/// </summary>
public sealed partial class RouteTemplate
{
    /// <summary>Longest template, in characters.</summary>
    public const int MaxLength = 512;

    private RouteTemplate(string text, IReadOnlyList<RouteSegment> segments)
    {
        Text = text;
        Segments = segments;
        Shape = "/" + string.Join('/', segments.Select(segment => segment.Kind switch
        {
            RouteSegmentKind.Literal => segment.Text,
            RouteSegmentKind.Parameter => ":",
            _ => "*",
        }));
    }

    /// <summary>As written in the manifest.</summary>
    public string Text { get; }

    /// <summary>Two templates of one shape match the same paths.</summary>
    internal string Shape { get; }

    internal IReadOnlyList<RouteSegment> Segments { get; }

    /// <summary>Parses a template; on false, <paramref name="problem"/> says what is wrong and what to write.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RouteTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        template = null;
        problem = FindProblem(text, out var segments);
        if (problem is not null) return false;
        template = new RouteTemplate(text, segments);
        return true;
    }

    public override string ToString() => Text;

    private static string? FindProblem(string text, out List<RouteSegment> segments)
    {
        segments = [];
        if (text.Length > MaxLength) return $"is longer than {MaxLength} characters; shorten it";
        if (!text.StartsWith('/')) return "must start with a slash, such as /agreements/:id";
        if (text == "/") return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text[1..].Split('/'))
        {
            if (segments is [.., { Kind: RouteSegmentKind.Rest }]) return "has parts after a '*' part, which takes all that follows; put it last";
            if (part is "." or ".." || !Segment().IsMatch(part))
                return "must be parts of letters, digits, '.', '_', '~' or '-', of :name for one part or *name for the rest, joined by single slashes without one at the end";
            var segment = RouteSegment.Of(part);
            if (segment.Kind != RouteSegmentKind.Literal && !names.Add(segment.Text)) return $"has two parameters named '{segment.Text}'; rename one";
            segments.Add(segment);
        }

        return null;
    }

    [GeneratedRegex(@"\A(?:[A-Za-z0-9._~-]+|[:*][A-Za-z_][A-Za-z0-9_]{0,63})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Segment();

    public override bool Equals(object? obj) => obj is RouteTemplate other && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
