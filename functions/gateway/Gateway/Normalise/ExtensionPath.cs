using System.Buffers;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Normalise;

/// <summary>
/// The path below an extension's root, from the value of the route's catch-all. The hosts decode a path once and leave
/// <c>%2F</c>, <c>%25</c> of a double encoding and what is not UTF-8 with their percent sign; they give the raw target
/// re-encoded, so it has no say here. Whatever could be read in two ways is refused, and the same string is routed,
/// authorised and handed to the guest.
/// </summary>
public static class ExtensionPath
{
    private static readonly SearchValues<char> Ambiguous = SearchValues.Create("%;\\\uFFFD");

    /// <summary>The path, starting with a slash, or <see cref="ErrorCode.InvalidRequest"/>.</summary>
    /// <param name="routeValue">Null for the root itself.</param>
    public static Outcome<string> Normalise(string? routeValue)
    {
        if (string.IsNullOrEmpty(routeValue)) return "/";
        if (routeValue.AsSpan().ContainsAny(Ambiguous))
        {
            return Refuse("The path has a percent sign, a semicolon, a backslash or a character that is not UTF-8 once it is decoded; leave them out, %2F and %25 too.");
        }

        foreach (var character in routeValue)
        {
            if (char.IsControl(character)) return Refuse("The path has a control character; leave it out.");
            if (char.IsSurrogate(character) && !IsWellFormed(routeValue)) return Refuse("The path is not valid Unicode.");
        }

        foreach (var range in routeValue.AsSpan().Split('/'))
        {
            var segment = routeValue.AsSpan(range);
            if (segment is "." or "..") return Refuse("The path has a dot segment; write the path it leads to.");
            if (segment.IsEmpty && range.End.GetOffset(routeValue.Length) != routeValue.Length) return Refuse("The path has an empty segment; write one slash, not two.");
        }

        return "/" + routeValue;
    }

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return false;
            index++;
        }

        return true;
    }

    private static Refusal Refuse(string message) => new(ErrorCode.InvalidRequest, message);
}
