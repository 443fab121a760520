using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Alga.Extensions.Testing.S3;

/// <summary>Checks AWS Signature Version 4 as S3 does: <c>Authorization</c> header, signed body hash or signed chunks.</summary>
internal static class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Checks a request and gives its content, which is the body unless that came in chunks.</summary>
    public static byte[] Check(S3Request request)
    {
        var header = request.Header("Authorization") ?? throw Denied("There is no Authorization header.");
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal)) throw Denied("Only AWS4-HMAC-SHA256 is accepted.");
        var fields = header[Algorithm.Length..].Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var time = request.Header("x-amz-date") ?? throw Denied("There is no x-amz-date.");
        CheckTime(time);
        var scope = $"{time[..8]}/{S3Server.Region}/s3/aws4_request";
        if (fields["Credential"] != $"{S3Server.AccessKeyId}/{scope}") throw new S3Exception(403, "InvalidAccessKeyId", "The credential is not the one of this server, day, region and service.");

        var signed = fields["SignedHeaders"].Split(';');
        foreach (var name in request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(MustBeSigned))
        {
            if (!signed.Contains(name)) throw Denied($"The header {name} is not signed.");
        }

        var payload = request.Header("x-amz-content-sha256") ?? throw Denied("There is no x-amz-content-sha256.");
        var canonical = string.Join('\n', request.Method, Path(request.Path), Query(request), Headers(request, signed), fields["SignedHeaders"], payload);
        var key = SigningKey(time[..8]);
        var expected = Sign(key, string.Join('\n', Algorithm, time, scope, Hash(Encoding.UTF8.GetBytes(canonical))));
        if (expected != fields["Signature"]) throw new S3Exception(403, "SignatureDoesNotMatch", "The signature does not match; the canonical request is\n" + canonical);

        if (payload.StartsWith("STREAMING-", StringComparison.Ordinal)) return S3Chunks.Read(request, payload, key, time, scope, expected);
        if (payload != Hash(request.Body)) throw new S3Exception(400, "XAmzContentSHA256Mismatch", "The body is not the one that was signed.");
        return request.Body;
    }

    public static string Sign(byte[] key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static S3Exception Denied(string message) => new(403, "AccessDenied", message);

    private static bool MustBeSigned(string name) => name is "host" or "if-none-match" or "if-match" or "range" or "content-type" || name.StartsWith("x-amz-", StringComparison.Ordinal);

    private static void CheckTime(string text)
    {
        if (!DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || (TimeProvider.System.GetUtcNow() - time).Duration() > TimeSpan.FromMinutes(15))
            throw new S3Exception(403, "RequestTimeTooSkewed", "The time of the request is too far from the server's.");
    }

    private static byte[] SigningKey(string day)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + S3Server.SecretAccessKey);
        foreach (var part in new[] { day, S3Server.Region, "s3", "aws4_request" }) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Path(string path) => string.Join('/', path.Split('/').Select(part => Encode(Uri.UnescapeDataString(part))));

    private static string Query(S3Request request) =>
        string.Join('&', request.Query.Select(pair => (Name: Encode(pair.Name), Value: Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Headers(S3Request request, string[] signed) =>
        string.Concat(signed.Select(name => $"{name}:{string.Join(' ', (request.Header(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))}\n"));

    // RFC 3986's unreserved characters, which is what EscapeDataString leaves.
    private static string Encode(string text) => Uri.EscapeDataString(text);
}
