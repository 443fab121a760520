using System.Buffers;

namespace Alga.Extensions.BlobStorage;

/// <summary>
/// Reads part of a blob block by block and gives no byte of a block away before its digest was found right. A broken connection,
/// a body that is cut short and wrong bytes all lead to the same: the block is asked for again, a few times in the life of the
/// stream, always of the same state of the blob.
/// </summary>
internal sealed class VerifiedStream : Stream
{
    private const int MaxRetries = 2;

    // For one block, the request included: 1 MiB from a store that is alive takes far less.
    private static readonly TimeSpan BlockTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly IBlobs blobs;
    private readonly string name;
    private readonly BlockDigests digests;
    private readonly string etag;
    private readonly long start;
    private readonly long end;
    private byte[] block = [];
    private long blockIndex = -1;
    private long position;
    private Stream? source;
    private long sourcePosition;
    private int retries;

    /// <param name="blobs">Where to ask again.</param>
    /// <param name="name">Name of the blob.</param>
    /// <param name="first">The part that is open; it need not start at the block that is read first.</param>
    /// <param name="digests">Digests of the whole blob.</param>
    /// <param name="start">First byte to give.</param>
    /// <param name="end">First byte not to give; not behind the blob's end.</param>
    public VerifiedStream(IBlobs blobs, string name, BlobPart first, BlockDigests digests, long start, long end)
    {
        this.blobs = blobs;
        this.name = name;
        this.digests = digests;
        this.start = position = start;
        this.end = end;
        (source, sourcePosition, etag) = (first.Content, first.Offset, first.ETag);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>Bytes from the first to the last that this stream gives.</summary>
    public override long Length => end - start;

    public override long Position
    {
        get => position - start;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= end || buffer.IsEmpty) return 0;
        var index = position / digests.BlockBytes;
        if (index != blockIndex) await LoadAsync(index, cancellationToken).ConfigureAwait(false);
        var offset = (int)(position - (index * digests.BlockBytes));
        var count = (int)Math.Min(Math.Min(BlockLength(index) - offset, end - position), buffer.Length);
        block.AsMemory(offset, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseSource();
            position = end;
            if (block.Length > 0) ArrayPool<byte>.Shared.Return(block);
            block = [];
        }

        base.Dispose(disposing);
    }

    private int BlockLength(long index) => (int)Math.Min(digests.BlockBytes, digests.TotalBytes - (index * digests.BlockBytes));

    private async ValueTask LoadAsync(long index, CancellationToken cancellationToken)
    {
        if (block.Length == 0) block = ArrayPool<byte>.Shared.Rent((int)Math.Min(digests.BlockBytes, digests.TotalBytes));
        blockIndex = -1;
        while (true)
        {
            Exception? fault = null;
            try
            {
                if (await TryFillAsync(index, cancellationToken).ConfigureAwait(false))
                {
                    blockIndex = index;
                    return;
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (blobs.IsFault(exception) || exception is OperationCanceledException))
            {
                fault = exception;
            }

            CloseSource();
            if (retries == MaxRetries) throw Broken(fault);
            await Task.Delay(FirstPause * (1 << retries++), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryFillAsync(long index, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(BlockTimeout);
        var first = index * digests.BlockBytes;
        if (source is null || sourcePosition != first) await OpenAsync(first, timeout.Token).ConfigureAwait(false);
        var bytes = block.AsMemory(0, BlockLength(index));
        var count = await source!.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, timeout.Token).ConfigureAwait(false);
        sourcePosition += count;
        return count == bytes.Length && digests.Matches(index, bytes.Span);
    }

    private async Task OpenAsync(long offset, CancellationToken cancellationToken)
    {
        CloseSource();
        var upTo = Math.Min(digests.TotalBytes, (((end - 1) / digests.BlockBytes) + 1) * digests.BlockBytes);
        var part = await blobs.OpenAsync(name, new BlobSlice(offset, upTo - offset, etag), cancellationToken).ConfigureAwait(false)
            ?? throw new IOException("The blob is gone.");
        source = part.Content;
        sourcePosition = part.Offset;
        if (part.Offset != offset) throw new IOException("The store answered with another range than it was asked for.");
    }

    private BundleStoreException Broken(Exception? fault) => fault is null
        ? new BundleStoreException($"The bundle store gave other bytes for {name} than were written.")
        : new BundleStoreException($"The bundle store did not give {name} to its end.", fault);

    private void CloseSource()
    {
        try
        {
            source?.Dispose();
        }
        catch (Exception exception) when (blobs.IsFault(exception))
        {
            // A client may find only now that what it gave us was damaged; the digests have said so.
        }

        source = null;
    }
}
