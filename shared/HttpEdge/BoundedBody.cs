using System.Buffers;
using System.Globalization;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Alga.Extensions.HttpEdge;

/// <summary>Reads a body up to a limit.</summary>
public static class BoundedBody
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>The whole body, or <see cref="ErrorCode.BodyTooLarge"/>, before reading it where <c>Content-Length</c> tells.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">Largest body, in bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BadHttpRequestException">The body is malformed or was cut off.</exception>
    public static async ValueTask<Outcome<PooledBody>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(request.Body, CanHaveBody(request) ? request.ContentLength : 0, maxBytes, cancellationToken);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Such as a chunk whose size is no number that the server can hold, which it does not call a bad request itself.
            throw new BadHttpRequestException("The body cannot be read.", exception);
        }
    }

    /// <summary>The same for any stream, such as an answer of another service.</summary>
    /// <param name="stream">Where the bytes come from.</param>
    /// <param name="announced">The length that the sender announced, in bytes; null when it did not.</param>
    /// <param name="maxBytes">Largest body, in bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<Outcome<PooledBody>> ReadAsync(Stream stream, long? announced, int maxBytes, CancellationToken cancellationToken)
    {
        if (announced > maxBytes) return TooLarge(maxBytes);
        if (announced == 0) return new PooledBody([], 0);

        // The announced length is only a hint: memory is taken as bytes arrive, never more than twice what arrived.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(announced + 1 ?? FirstBytes, FirstBytes));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer);
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0) break;
                length += read;
                if (length > maxBytes) return TooLarge(maxBytes);
            }

            var body = new PooledBody(buffer, length);
            buffer = null;
            return body;
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>False where the server knows from the head that nothing follows, as for nearly every GET.</summary>
    private static bool CanHaveBody(HttpRequest request) => request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static Refusal TooLarge(int maxBytes) =>
        new(ErrorCode.BodyTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body has more than {maxBytes} bytes; send at most that many."));
}
