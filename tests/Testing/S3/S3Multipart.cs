using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Testing.S3;

/// <summary>Uploads in parts: nobody sees anything before the completion, which holds to the same condition as a single write.</summary>
internal static class S3Multipart
{
    private const int MinPartBytes = 5 * 1024 * 1024;

    public static Task StartAsync(HttpContext context, S3Request request, S3Bucket bucket)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        bucket.Uploads[id] = new S3Upload(request.Key, request.Header("Content-Type") ?? "binary/octet-stream", S3Operations.Metadata(request));
        return WriteAsync(context, $"<InitiateMultipartUploadResult><Bucket>{S3Server.Bucket}</Bucket><Key>{request.Key}</Key><UploadId>{id}</UploadId></InitiateMultipartUploadResult>");
    }

    public static Task PutPart(HttpContext context, S3Request request, S3Bucket bucket, string id)
    {
        var number = int.Parse(request["partNumber"] ?? "", CultureInfo.InvariantCulture);
        if (number is < 1 or > 10_000) throw new S3Exception(400, "InvalidArgument", "Parts are numbered from 1 to 10,000.");
        var etag = S3Operations.ETag(request.Body);
        Find(bucket, id, request.Key).Parts[number] = (request.Body, etag);
        context.Response.Headers.ETag = etag;
        return Task.CompletedTask;
    }

    public static Task CompleteAsync(HttpContext context, S3Request request, S3Bucket bucket, string id)
    {
        var upload = Find(bucket, id, request.Key);
        using var body = new MemoryStream(request.Body);
        var root = XDocument.Load(body).Root!;
        var ns = root.Name.Namespace;
        var named = root.Elements(ns + "Part")
            .Select(part => (Number: (int)part.Element(ns + "PartNumber")!, ETag: ((string)part.Element(ns + "ETag")!).Trim('"'))).ToList();
        if (!named.Select(part => part.Number).SequenceEqual(named.Select(part => part.Number).Distinct().Order())) throw new S3Exception(400, "InvalidPartOrder", "Parts are listed in ascending order.");
        using var content = new MemoryStream();
        foreach (var (number, etag) in named)
        {
            if (!upload.Parts.TryGetValue(number, out var part) || part.ETag.Trim('"') != etag) throw new S3Exception(400, "InvalidPart", "A part was not found, or its tag is another one.");
            if (part.Content.Length < MinPartBytes && number != named[^1].Number) throw new S3Exception(400, "EntityTooSmall", "All parts but the last have 5 MiB or more.");
            content.Write(part.Content);
        }

        var bytes = content.ToArray();
        var stored = new S3Object(bytes, upload.ContentType, S3Operations.ETag(bytes, $"-{named.Count}"), upload.Metadata);
        bucket.Put(request.Key, stored, S3Operations.IsCreateOnly(request));
        bucket.Uploads.TryRemove(id, out _);
        bucket.CompletedUploads++;
        return WriteAsync(context, $"<CompleteMultipartUploadResult><Bucket>{S3Server.Bucket}</Bucket><Key>{request.Key}</Key><ETag>{stored.ETag.Replace("\"", "&quot;", StringComparison.Ordinal)}</ETag></CompleteMultipartUploadResult>");
    }

    public static Task Abort(HttpContext context, S3Bucket bucket, string id)
    {
        if (!bucket.Uploads.TryRemove(id, out _)) throw NoSuchUpload();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static S3Upload Find(S3Bucket bucket, string id, string key) =>
        bucket.Uploads.TryGetValue(id, out var upload) && upload.Key == key ? upload : throw NoSuchUpload();

    private static S3Exception NoSuchUpload() => new(404, "NoSuchUpload", "The upload does not exist; it was completed or aborted.");

    private static Task WriteAsync(HttpContext context, string xml)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml);
    }
}
