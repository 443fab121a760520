using System.Globalization;
using System.Text;

namespace Alga.Extensions.Testing.S3;

/// <summary>Reads a body in <c>aws-chunked</c> form and checks the signature of each chunk and of the trailers.</summary>
internal static class S3Chunks
{
    private const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string SignedWithTrailer = Signed + "-TRAILER";

    public static byte[] Read(S3Request request, string form, byte[] key, string time, string scope, string seed)
    {
        if (form is not (Signed or SignedWithTrailer)) throw S3Signature.Denied($"{form} is not accepted without TLS.");
        var length = int.Parse(request.Header("x-amz-decoded-content-length") ?? throw S3Signature.Denied("There is no x-amz-decoded-content-length."), CultureInfo.InvariantCulture);
        using var content = new MemoryStream();
        var previous = seed;
        for (var at = 0; ;)
        {
            var header = Line(request.Body, ref at);
            var size = int.Parse(header.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = request.Body.AsSpan(at, size);
            var signature = S3Signature.Sign(key, string.Join('\n', "AWS4-HMAC-SHA256-PAYLOAD", time, scope, previous, S3Signature.Hash([]), S3Signature.Hash(chunk)));
            if (header != $"{size:X};chunk-signature={signature}" && header != $"{size:x};chunk-signature={signature}") throw Mismatch("chunk");
            previous = signature;
            content.Write(chunk);
            at += size;
            if (size > 0)
            {
                if (Line(request.Body, ref at).Length > 0) throw S3Signature.Denied("A chunk does not end where it says.");
                continue;
            }

            if (form == SignedWithTrailer) CheckTrailers(request, at, key, time, scope, previous);
            break;
        }

        return content.Length == length ? content.ToArray() : throw S3Signature.Denied("The chunks are not as long as x-amz-decoded-content-length says.");
    }

    private static void CheckTrailers(S3Request request, int at, byte[] key, string time, string scope, string previous)
    {
        var trailers = new StringBuilder();
        while (Line(request.Body, ref at) is { Length: > 0 } line)
        {
            if (!line.StartsWith("x-amz-trailer-signature:", StringComparison.Ordinal))
            {
                trailers.Append(line).Append('\n');
                continue;
            }

            var signature = S3Signature.Sign(
                key, string.Join('\n', "AWS4-HMAC-SHA256-TRAILER", time, scope, previous, S3Signature.Hash(Encoding.UTF8.GetBytes(trailers.ToString()))));
            if (line["x-amz-trailer-signature:".Length..].Trim() != signature) throw Mismatch("trailer");
            return;
        }

        throw Mismatch("trailer");
    }

    private static string Line(byte[] body, ref int at)
    {
        var end = body.AsSpan(at).IndexOf("\r\n"u8);
        if (end < 0) throw S3Signature.Denied("The chunks are cut off.");
        var line = Encoding.ASCII.GetString(body, at, end);
        at += end + 2;
        return line;
    }

    private static S3Exception Mismatch(string what) => new(403, "SignatureDoesNotMatch", $"The signature of a {what} does not match.");
}
