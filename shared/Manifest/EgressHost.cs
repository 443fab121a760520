using System.Text.RegularExpressions;

namespace Alga.Extensions.Manifest;

/// <summary>
/// A host that an extension may fetch from: an exact name such as <c>api.example.com</c>, or <c>*.example.com</c> for every
/// name below that one, but not that one itself. Always https on port 443, so there is no scheme, port or path.
/// </summary>
public static partial class EgressHost
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>Says what is wrong with a pattern and what to write instead; null when nothing is.</summary>
    public static string? FindFault(string pattern) => Pattern().IsMatch(pattern)
        ? null
        : "must be a host name in lower case such as api.example.com, or *.example.com for all below it; no scheme, port, path, IP address or lone top-level domain";

    /// <summary>Whether a pattern lets a host through.</summary>
    /// <param name="pattern">A pattern without a fault.</param>
    /// <param name="host">A host name in lower case, without a trailing dot.</param>
    public static bool Allows(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.Ordinal)
            : host == pattern;

    // The last label starts with a letter, which no spelling of an IPv4 address does.
    [GeneratedRegex(@"\A(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
