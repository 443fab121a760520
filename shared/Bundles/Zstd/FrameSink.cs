using System.Buffers;
using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Alga.Extensions.Bundles.Zstd;

/// <summary>Compresses into one zstd frame and hashes what it writes. The same bytes in give the same bytes out, however they are cut.</summary>
internal sealed class FrameSink : IDisposable
{
    // Level 12 keeps its window at 4 MB; levels that ask for more than 8 MB would be refused on reading.
    private const int Level = 12;
    private const int OutputLength = 64 * 1024;

    private readonly Stream output;
    private readonly Compressor compressor = new(Level);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(OutputLength);

    /// <summary>Starts the frame; its header states the size, so exactly so many bytes must follow.</summary>
    public FrameSink(Stream output, long contentBytes)
    {
        this.output = output;
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        compressor.SetPledgedSrcSize((ulong)contentBytes);
    }

    /// <summary>Compressed bytes written so far.</summary>
    public long StoredBytes { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken ct) => CompressAsync(content, isFinal: false, ct);

    /// <summary>Ends the frame and gives the hash of all that was written.</summary>
    public async ValueTask<ContentHash> FinishAsync(CancellationToken ct)
    {
        await CompressAsync(ReadOnlyMemory<byte>.Empty, isFinal: true, ct);
        return ContentHash.FromDigest(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        compressor.Dispose();
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask CompressAsync(ReadOnlyMemory<byte> content, bool isFinal, CancellationToken ct)
    {
        OperationStatus status;
        do
        {
            status = compressor.WrapStream(content.Span, buffer.AsSpan(0, OutputLength), out var consumed, out var written, isFinal);
            content = content[consumed..];
            hash.AppendData(buffer.AsSpan(0, written));
            StoredBytes += written;
            await output.WriteAsync(buffer.AsMemory(0, written), ct);
        }
        while (!content.IsEmpty || (isFinal && status != OperationStatus.Done));
    }
}
