using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Reads an answer's body under limits: what comes over the wire is counted, and so is what it unpacks to.</summary>
internal static class ResponseBody
{
    /// <summary>The encodings that are decoded here.</summary>
    public const string AcceptEncoding = "gzip, br, deflate";

    private static FetchException TooLarge() => new(
        HttpErrorKind.TooLarge, $"The answer's body is larger than {FetchLimits.MaxTextBytes} bytes of text or {FetchLimits.MaxBinaryBytes} other bytes, as sent or unpacked.");

    /// <summary>The body: text where it is UTF-8, else bytes.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="received">Is told of bytes as they arrive.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body, and whether it was decoded.</returns>
    /// <exception cref="FetchException">The body is too large or does not unpack.</exception>
    public static async Task<(GuestBody Body, bool IsDecoded)> ReadAsync(HttpResponseMessage response, Action<int> received, CancellationToken cancellationToken)
    {
        // Such an answer has none, whatever its headers say of the one that there would be.
        if (response.RequestMessage?.Method == HttpMethod.Head || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified) return (default, false);
        if (response.Content.Headers.ContentLength > FetchLimits.MaxTextBytes) throw TooLarge();
        await using var wire = new CountingStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), received, FetchLimits.MaxTextBytes);
        await using var decoded = Decode(wire, response.Content.Headers.ContentEncoding);
        var bytes = await ReadAllAsync(decoded ?? wire, cancellationToken).ConfigureAwait(false);
        return (ToBody(bytes), decoded is not null);
    }

    private static Stream? Decode(Stream wire, ICollection<string> encodings) =>
        (encodings.Count == 1 ? encodings.First().ToLowerInvariant() : "") switch
        {
            "gzip" or "x-gzip" => new GZipStream(wire, CompressionMode.Decompress, leaveOpen: true),
            "br" => new BrotliStream(wire, CompressionMode.Decompress, leaveOpen: true),
            "deflate" => new ZLibStream(wire, CompressionMode.Decompress, leaveOpen: true),
            _ => null,
        };

    private static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[32 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                if (all.Length + read > FetchLimits.MaxTextBytes) throw TooLarge();
                all.Write(buffer, 0, read);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new FetchException(HttpErrorKind.Unreachable, "The answer's body does not unpack as its content-encoding says.");
        }

        return all.ToArray();
    }

    private static GuestBody ToBody(byte[] bytes)
    {
        if (bytes.Length == 0) return default;
        if (Utf8.IsValid(bytes)) return GuestBody.OfText(Encoding.UTF8.GetString(bytes));
        return bytes.Length <= FetchLimits.MaxBinaryBytes ? GuestBody.OfBinary(bytes) : throw TooLarge();
    }

    /// <summary>Counts what is read, and stops at a limit.</summary>
    private sealed class CountingStream(Stream inner, Action<int> received, long limit) : Stream
    {
        private long count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private int Count(int read)
        {
            received(read);
            count += read;
            return count <= limit ? read : throw TooLarge();
        }
    }
}
