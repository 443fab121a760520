using ZstdSharp.Unsafe;

namespace Alga.Extensions.Bundles.Zstd;

internal enum DecodeResult
{
    /// <summary>The frame goes on.</summary>
    More,

    /// <summary>The frame has ended and all of it was given out; the bytes that were not consumed are behind it.</summary>
    FrameEnd,

    /// <summary>The frame is not valid.</summary>
    Damaged,
}

/// <summary>
/// Decodes one frame, step by step. The package's own stream decoder runs from one frame into the next without saying so, and
/// a bundle in two frames must be refused: hence its lower interface, which stops at the end of a frame.
/// </summary>
internal sealed unsafe class FrameDecoder : IDisposable
{
    private ZSTD_DCtx_s* context;

    /// <param name="maxWindowLog">Largest window to hold, as a power of two.</param>
    public FrameDecoder(int maxWindowLog)
    {
        context = Methods.ZSTD_createDCtx();
        if (context is null) throw new InsufficientMemoryException("No memory for a zstd decoder.");
        Methods.ZSTD_DCtx_setParameter(context, ZSTD_dParameter.ZSTD_d_windowLogMax, maxWindowLog);
    }

    /// <summary>Decodes what it can. Not to be called again once the frame has ended.</summary>
    public DecodeResult Decode(ReadOnlySpan<byte> source, Span<byte> target, out int consumed, out int written)
    {
        ObjectDisposedException.ThrowIf(context is null, this);
        fixed (byte* sourceStart = source)
        fixed (byte* targetStart = target)
        {
            var input = new ZSTD_inBuffer_s { src = sourceStart, size = (nuint)source.Length };
            var output = new ZSTD_outBuffer_s { dst = targetStart, size = (nuint)target.Length };
            var left = Methods.ZSTD_decompressStream(context, &output, &input);
            consumed = (int)input.pos;
            written = (int)output.pos;
            if (Methods.ZSTD_isError(left)) return DecodeResult.Damaged;
            return left == 0 ? DecodeResult.FrameEnd : DecodeResult.More;
        }
    }

    public void Dispose()
    {
        Methods.ZSTD_freeDCtx(context);
        context = null;
    }
}
