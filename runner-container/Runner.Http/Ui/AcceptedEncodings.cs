using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Runner.Http;

/// <summary>Which of our encodings a request takes (RFC 9110, 12.5.3).</summary>
/// <param name="Brotli"><c>br</c>.</param>
/// <param name="Gzip"><c>gzip</c>.</param>
public readonly record struct AcceptedEncodings(bool Brotli, bool Gzip)
{
    // What browsers send, so that the hot path parses nothing.
    private const string Browsers = "gzip, deflate, br, zstd";
    private const string OlderBrowsers = "gzip, deflate, br";

    public static AcceptedEncodings Read(StringValues header)
    {
        if (header.Count == 0) return default;
        if (header.Count == 1 && header[0] is Browsers or OlderBrowsers) return new AcceptedEncodings(true, true);
        if (!StringWithQualityHeaderValue.TryParseList(header, out var values)) return default;
        return new AcceptedEncodings(Accepts(values, "br"), Accepts(values, "gzip"));
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> values, string encoding)
    {
        bool? any = null;
        foreach (var value in values)
        {
            var isWanted = value.Quality is null or > 0;
            if (value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) return isWanted;
            if (value.Value.Equals("*", StringComparison.Ordinal)) any = isWanted;
        }

        return any ?? false;
    }
}
