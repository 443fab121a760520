using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Testing.S3;

/// <summary>ListObjectsV2 with prefix, delimiter and continuation.</summary>
internal static class S3Listing
{
    public static Task WriteAsync(HttpContext context, S3Request request, S3Bucket bucket)
    {
        var (prefix, delimiter) = (request["prefix"] ?? "", request["delimiter"] ?? "");
        var limit = int.Parse(request["max-keys"] ?? "1000", CultureInfo.InvariantCulture);
        if (limit is < 1 or > 1000) throw new S3Exception(400, "InvalidArgument", "max-keys is from 1 to 1,000 here.");
        var after = request["continuation-token"] is { } token ? Decode(token) : "";

        // An entry is a key, or all keys with the same beginning up to the delimiter.
        var entries = bucket.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => Group(key, prefix, delimiter)).Distinct().Where(entry => string.CompareOrdinal(entry.Name, after) > 0).Take(limit + 1).ToList();
        var page = entries.Take(limit).ToList();
        var result = new XElement(
            "ListBucketResult",
            new XElement("Name", S3Server.Bucket),
            new XElement("Prefix", prefix),
            new XElement("KeyCount", page.Count),
            new XElement("MaxKeys", limit),
            new XElement("IsTruncated", entries.Count > limit),
            page.Where(entry => !entry.IsGroup).Select(entry => new XElement("Contents", new XElement("Key", entry.Name), new XElement("Size", bucket.Find(entry.Name)?.Content.Length ?? 0))),
            page.Where(entry => entry.IsGroup).Select(entry => new XElement("CommonPrefixes", new XElement("Prefix", entry.Name))));
        if (entries.Count > limit) result.Add(new XElement("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Name))));
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(result.ToString(SaveOptions.DisableFormatting));
    }

    private static (string Name, bool IsGroup) Group(string key, string prefix, string delimiter)
    {
        var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return end < 0 ? (key, false) : (key[..(end + delimiter.Length)], true);
    }

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new S3Exception(400, "InvalidArgument", "The continuation token is not one of this server.");
        }
    }
}
