using System.Buffers;
using System.Collections.Frozen;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Which headers a guest may send, and which of an answer it gets.</summary>
internal static class FetchHeaders
{
    private const int MaxNameLength = 256;

    // RFC 9110: token characters, here in lower case only.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz");

    // Visible ASCII, space and tab.
    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create([(char)9, .. Enumerable.Range(32, 95).Select(code => (char)code)]);

    // Framing and connection (RFC 9110, 7.6.1), where the request goes, and cookies, which an install has no jar for.
    private static readonly FrozenSet<string> NotTheGuests = FrozenSet.ToFrozenSet(
        [
            "host", "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "expect",
            "http2-settings", "accept-encoding", "cookie", "cookie2",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> NotForTheGuest = FrozenSet.ToFrozenSet(
        [
            "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "set-cookie", "set-cookie2", "alt-svc",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers with names in lower case, or what is wrong with them.</summary>
    public static (IReadOnlyList<KeyValuePair<string, string>> Headers, string? Fault) Read(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count > PlatformLimits.MaxHeaderCount) return ([], $"A request has at most {PlatformLimits.MaxHeaderCount} headers.");
        var read = new KeyValuePair<string, string>[headers.Count];
        var size = 0;
        for (var i = 0; i < read.Length; i++)
        {
            var name = headers[i].Key.ToLowerInvariant();
            if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters)) return ([], $"The name of header {i + 1} is not a token of 1 to {MaxNameLength} characters.");
            if (NotTheGuests.Contains(name) || name.StartsWith("proxy-", StringComparison.Ordinal)) return ([], $"Header {name} is not an extension's to set; leave it out.");
            if (FindValueFault(headers[i].Value) is { } fault) return ([], $"The value of header {name} {fault}.");
            size += name.Length + headers[i].Value.Length;
            if (size > PlatformLimits.MaxHeaderBytes) return ([], $"The headers of a request have at most {PlatformLimits.MaxHeaderBytes} bytes together.");
            read[i] = new(name, headers[i].Value);
        }

        return (read, null);
    }

    /// <summary>What is wrong with a value, as a phrase that does not repeat it; null when nothing is.</summary>
    public static string? FindValueFault(string value) => value.AsSpan().ContainsAnyExcept(ValueCharacters)
        ? "has line breaks, control characters or characters beyond ASCII"
        : null;

    /// <summary>Whether a header of an answer is passed on.</summary>
    public static bool Passes(string name) => !NotForTheGuest.Contains(name) && !name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase);
}
