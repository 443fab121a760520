using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Testing.S3;

/// <summary>The requests that the stand-in knows.</summary>
internal static class S3Operations
{
    private const int MaxMetadataBytes = 2048;

    public static Task RunAsync(HttpContext context, S3Request request, S3Bucket bucket)
    {
        if (request.Bucket != S3Server.Bucket) throw new S3Exception(404, "NoSuchBucket", "The bucket does not exist.");
        return (request.Method, request.Key.Length > 0) switch
        {
            ("GET", false) when request["list-type"] == "2" => S3Listing.WriteAsync(context, request, bucket),
            ("GET", true) when request.Query.All(pair => pair.Name == "x-id") => GetAsync(context, request, bucket, withBody: true),
            ("HEAD", true) when request.Query.Count == 0 => GetAsync(context, request, bucket, withBody: false),
            ("DELETE", true) when request["uploadId"] is { } upload => S3Multipart.Abort(context, bucket, upload),
            ("DELETE", true) when request.Query.All(pair => pair.Name == "x-id") => Delete(context, request, bucket),
            ("PUT", true) when request["uploadId"] is { } upload => S3Multipart.PutPart(context, request, bucket, upload),
            ("PUT", true) when request.Query.All(pair => pair.Name == "x-id") => Put(context, request, bucket),
            ("POST", true) when request["uploads"] is not null => S3Multipart.StartAsync(context, request, bucket),
            ("POST", true) when request["uploadId"] is { } upload => S3Multipart.CompleteAsync(context, request, bucket, upload),
            _ => throw new S3Exception(501, "NotImplemented", $"The stand-in does not know {request.Method} {request.Path}?{string.Join('&', request.Query)}."),
        };
    }

    /// <summary>Whether a write asks to create only; any other condition is refused, as S3 does.</summary>
    public static bool IsCreateOnly(S3Request request) => request.Header("If-None-Match") switch
    {
        null => false,
        "*" => true,
        _ => throw new S3Exception(501, "NotImplemented", "If-None-Match takes * only."),
    };

    public static Dictionary<string, string> Metadata(S3Request request)
    {
        var metadata = request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        return metadata.Sum(pair => pair.Key.Length - "x-amz-meta-".Length + pair.Value.Length) <= MaxMetadataBytes
            ? metadata
            : throw new S3Exception(400, "MetadataTooLarge", "Metadata has at most 2 KB.");
    }

    public static string ETag(byte[] content, string suffix = "") =>
#pragma warning disable CA5351 // What S3's ETag is made of; nothing rests on it.
        $"\"{Convert.ToHexStringLower(MD5.HashData(content))}{suffix}\"";
#pragma warning restore CA5351

    private static Task Put(HttpContext context, S3Request request, S3Bucket bucket)
    {
        if (request.Header("Content-Length") is null) throw new S3Exception(411, "MissingContentLength", "Content-Length is required.");
        var stored = new S3Object(request.Body, request.Header("Content-Type") ?? "binary/octet-stream", ETag(request.Body), Metadata(request));
        bucket.Put(request.Key, stored, IsCreateOnly(request));
        context.Response.Headers.ETag = stored.ETag;
        return Task.CompletedTask;
    }

    private static Task Delete(HttpContext context, S3Request request, S3Bucket bucket)
    {
        bucket.Remove(request.Key);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static async Task GetAsync(HttpContext context, S3Request request, S3Bucket bucket, bool withBody)
    {
        var found = bucket.Find(request.Key) ?? throw new S3Exception(404, "NoSuchKey", "The key does not exist.");
        if (request.Header("If-Match") is { } match && match != found.ETag) throw new S3Exception(412, "PreconditionFailed", "The object is another one.");
        foreach (var (name, value) in found.Metadata) context.Response.Headers[name] = value;
        context.Response.Headers.ETag = found.ETag;
        context.Response.ContentType = found.ContentType;
        var content = found.Content.AsMemory();
        if (request.Header("Range") is { } text)
        {
            var range = RangeHeaderValue.Parse(text).Ranges.Single();
            var from = (int)(range.From ?? throw new S3Exception(501, "NotImplemented", "The stand-in knows no suffix ranges."));
            if (from >= content.Length) throw new S3Exception(416, "InvalidRange", "The range is not satisfiable.");
            var to = (int)Math.Min(range.To ?? long.MaxValue, content.Length - 1);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{content.Length}");
            content = content[from..(to + 1)];
        }

        context.Response.ContentLength = content.Length;
        if (withBody) await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
