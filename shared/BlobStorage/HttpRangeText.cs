using System.Globalization;
using System.Net.Http.Headers;

namespace Alga.Extensions.BlobStorage;

/// <summary>What an answer's <c>Content-Range</c> says (RFC 9110, 14.4).</summary>
internal static class HttpRangeText
{
    /// <summary>Where in the blob the body starts; at its start where there is no such header.</summary>
    /// <exception cref="IOException">The header is there and cannot be read.</exception>
    public static long ReadOffset(string? contentRange)
    {
        if (string.IsNullOrEmpty(contentRange)) return 0;
        return ContentRangeHeaderValue.TryParse(contentRange, out var range) && range.From is { } from
            ? from
            : throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The store answered with a Content-Range of {contentRange.Length} characters that cannot be read."));
    }
}
