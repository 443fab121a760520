using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Paging;

/// <summary>Which part of a list is asked for: what comes after a key that has its place in the list's order.</summary>
/// <param name="After">The last key of the page before; empty for the first page.</param>
/// <param name="Limit">Number of items, 1 to 200.</param>
public sealed record PageRequest(string After, int Limit)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>Reads the query parameters <c>cursor</c> (from the page before) and <c>limit</c> (1 to 200, default 50) of a list by extension name.</summary>
    public static Outcome<PageRequest> Read(HttpRequest request) => Read(request, ExtensionName.IsValid);

    /// <summary>The same for a list by another key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isKey">Whether a text can be a key of this list; a cursor that holds anything else is refused.</param>
    public static Outcome<PageRequest> Read(HttpRequest request, Func<string, bool> isKey)
    {
        var limit = DefaultLimit;
        string? limitText = request.Query["limit"];
        if (limitText is not null
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return new Refusal(ErrorCode.InvalidRequest, $"limit is a number from 1 to {MaxLimit}.");
        }

        string? cursor = request.Query["cursor"];
        if (string.IsNullOrEmpty(cursor)) return new PageRequest("", limit);
        if (cursor.Length > 1024 || !Base64Url.IsValid(cursor)) return InvalidCursor;
        try
        {
            var after = Strict.GetString(Base64Url.DecodeFromChars(cursor));
            return isKey(after) ? new PageRequest(after, limit) : InvalidCursor;
        }
        catch (DecoderFallbackException)
        {
            return InvalidCursor;
        }
    }

    /// <summary>Makes a page of rows fetched with one more than the limit: that one tells whether there is a next page.</summary>
    public Page<T> Cut<T>(IReadOnlyList<T> rows, Func<T, string> key)
    {
        if (rows.Count <= Limit) return new Page<T>(rows, null);
        return new Page<T>([.. rows.Take(Limit)], Base64Url.EncodeToString(Strict.GetBytes(key(rows[Limit - 1]))));
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly Refusal InvalidCursor =
        new(ErrorCode.InvalidRequest, "The cursor is not one that this list gave; start again without it.");
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to get what follows; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
