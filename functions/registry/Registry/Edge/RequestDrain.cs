using System.Buffers;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Edge;

/// <summary>
/// Reads what is left of a request's body, mostly of a refused one: the functions host hangs when an answer is written while the caller still
/// sends. Bounded, because a caller who never ends is cut off instead. The answer is decided by then: a body that is too slow, malformed or
/// cut off makes no other of it.
/// </summary>
internal static class RequestDrain
{
    private const long MaxBytes = 128 * 1024 * 1024;

    public static async Task RunAsync(HttpRequest request, TimeProvider time)
    {
        try
        {
            await RequestTime.ReadAsync(token => ReadAsync(request.Body, token), time, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nothing more can be read, and nobody needed it.
        }
    }

    /// <summary>Gives how many bytes there were.</summary>
    private static async Task<Outcome<long>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (long length = 0; ;)
            {
                var read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                length += read;
                if (read == 0 || length >= MaxBytes) return length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
