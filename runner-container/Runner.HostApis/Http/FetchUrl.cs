using System.Buffers;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Reads a URL that a guest or a redirect names. The host is judged as it is written, before a parser could make another
/// one of it: <c>Uri</c> takes <c>127.1</c>, <c>0x7f000001</c> and full-width digits for addresses and folds Unicode.
/// </summary>
internal static partial class FetchUrl
{
    /// <summary>Https and its port: what a manifest's egress stands for, and all that can be granted.</summary>
    private const int Port = 443;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>The URL without its fragment, or what is wrong with it.</summary>
    public static (Uri? Url, string? Fault) Read(string text)
    {
        if (text.Length > FetchLimits.MaxUrlLength) return Refuse($"A URL has at most {FetchLimits.MaxUrlLength} characters.");
        if (text.AsSpan().ContainsAnyExcept(Allowed)) return Refuse("A URL is written in ASCII: percent-encode everything else, and write a host's name in its xn-- form.");
        if (!text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return Refuse("A URL starts with https://; other schemes are not reached.");
        var rest = text.AsSpan("https://".Length);
        var end = rest.IndexOfAny('/', '?', '#');
        var authority = (end < 0 ? rest : rest[..end]).ToString();
        if (authority.Contains('@', StringComparison.Ordinal)) return Refuse("A URL holds no user or password; use a header.");
        var colon = authority.LastIndexOf(':');
        if (colon >= 0 && authority[(colon + 1)..] != "443") return Refuse("Only port 443 is reached; leave the port out.");
        var host = (colon < 0 ? authority : authority[..colon]).ToLowerInvariant();
        if (host.Length > 253 || !HostPattern().IsMatch(host)) return Refuse("A URL names its host, such as api.example.com: no address, no single label, no dot at the end.");
        var withoutFragment = text.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? text[..hash] : text;
        return Uri.TryCreate(withoutFragment, UriKind.Absolute, out var url) && IsSame(url, host)
            ? (url, null)
            : Refuse("The URL is malformed.");
    }

    /// <summary>Reads where a redirect leads: as little trusted as what a guest writes.</summary>
    public static (Uri? Url, string? Fault) Resolve(Uri from, string location)
    {
        if (IsAbsolute(location)) return Read(location);
        return Uri.TryCreate(from, location, out var target) ? Read(target.AbsoluteUri) : Refuse("The location is malformed.");
    }

    /// <summary>RFC 3986: a scheme ends with the first colon, before any slash, question mark or number sign.</summary>
    private static bool IsAbsolute(string location) => location.IndexOfAny([':', '/', '?', '#']) is var at and > 0 && location[at] == ':';

    /// <summary>Whether the parser understood the same as we did.</summary>
    private static bool IsSame(Uri url, string host) =>
        url.Scheme == Uri.UriSchemeHttps && url.HostNameType == UriHostNameType.Dns && url.IdnHost == host && url.Host == host
        && url.Port == Port && url.UserInfo.Length == 0;

    private static (Uri?, string?) Refuse(string fault) => (null, fault);

    // The last label starts with a letter, which no spelling of an IPv4 address does.
    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostPattern();
}
