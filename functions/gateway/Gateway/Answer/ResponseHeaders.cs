using System.Collections.Frozen;
using Alga.Extensions.Gateway.Forward;
using Alga.Extensions.Gateway.Normalise;

namespace Alga.Extensions.Gateway.Answer;

/// <summary>The response headers of a guest that reach the caller; <c>set-cookie</c> and all others stay here.</summary>
public static class ResponseHeaders
{
    private static readonly FrozenSet<string> Allowed =
        FrozenSet.ToFrozenSet(["content-type", "cache-control", "etag", "content-disposition", "location"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> SharedCaching = FrozenSet.ToFrozenSet(["public", "s-maxage"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The allowed ones by lower-case name; null when a value could not be sent as a header.</summary>
    /// <param name="headers">The guest's.</param>
    /// <param name="root">Path of the extension at the gateway, without a slash at its end.</param>
    public static Dictionary<string, string[]>? Filter(IReadOnlyDictionary<string, IReadOnlyList<string>> headers, string root)
    {
        var kept = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (name, values) in headers)
        {
            var lower = name.ToLowerInvariant();
            if (!IsAllowed(lower) || values.Count == 0) continue;
            if (!IsToken(lower) || !values.All(IsSendable)) return null;

            string[]? sent = lower switch
            {
                "location" => Location(values[0], root) is { } location ? [location] : null,
                "cache-control" => [CacheControl(values)],
                _ when Allowed.Contains(lower) => [values[0]],
                _ => [.. values],
            };
            if (sent is not null) kept[lower] = sent;
        }

        return kept;
    }

    /// <summary>
    /// A path below the extension's root, put below its root at the gateway; null for anything that leads elsewhere.
    /// </summary>
    public static string? Location(string value, string root)
    {
        var end = value.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? value : value[..end];
        var leads = path.StartsWith('/')
            && !path.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            && ExtensionPath.Normalise(Uri.UnescapeDataString(path)[1..]).TryGet(out _, out _);
        return leads ? root + value : null;
    }

    private static bool IsAllowed(string lower) => Allowed.Contains(lower) || lower.StartsWith(RequestHeaders.ExtensionPrefix, StringComparison.Ordinal);

    /// <summary>Answers depend on who asks, so no shared cache may keep them, whatever the guest says.</summary>
    private static string CacheControl(IReadOnlyList<string> values)
    {
        var directives = values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        return directives.Any(directive => SharedCaching.Contains(directive.Split('=')[0].Trim()))
            ? "no-store"
            : string.Join(", ", directives);
    }

    private static bool IsToken(string name) => name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static bool IsSendable(string value) => value.All(character => character is '\t' or (>= ' ' and <= '~'));
}
