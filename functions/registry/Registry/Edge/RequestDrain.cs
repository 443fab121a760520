using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Edge;

/// <summary>
/// Reads what is left of a request's body, mostly of a refused one: the functions host hangs when an answer is written while the caller still
/// sends. Bounded, because a caller who never ends is cut off instead.
/// </summary>
internal static class RequestDrain
{
    private const long MaxBytes = 128 * 1024 * 1024;

    public static async Task RunAsync(HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (var left = MaxBytes; left > 0;)
            {
                var read = await request.Body.ReadAsync(buffer, aborted).ConfigureAwait(false);
                if (read == 0) return;
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
