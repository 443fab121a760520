using System.Buffers;
using System.Security.Cryptography;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Zstd;

/// <summary>
/// Expands one zstd frame that must be all there is, hashing the stored bytes on the way and holding every limit as it goes.
/// Memory is one window, one block and one input buffer, whatever the input says.
/// </summary>
internal sealed class ExpandedSource : IDisposable
{
    private const int InputLength = 64 * 1024;
    private const int MaxWindowLog = 23;

    private readonly Stream stored;
    private readonly BundleLimits limits;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FrameDecoder decoder = new(MaxWindowLog);
    private readonly byte[] input = ArrayPool<byte>.Shared.Rent(InputLength);
    private int start;
    private int end;
    private bool storedEnded;
    private State state;

    public ExpandedSource(Stream stored, BundleLimits limits)
    {
        this.stored = stored;
        this.limits = limits;
    }

    private enum State
    {
        BeforeHeader,
        InFrame,
        AfterFrame,
        Ended,
    }

    /// <summary>Set for good at the first broken rule; reads give nothing from then on.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Stored bytes read so far.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>Expanded bytes given so far.</summary>
    public long ExpandedBytes { get; private set; }

    /// <summary>Hash of the stored bytes; complete once a read gave 0 without a refusal.</summary>
    public ContentHash TakeHash() => ContentHash.FromDigest(hash.GetHashAndReset());

    /// <summary>Fills a buffer completely; false when the frame ended first or a rule was broken (<see cref="Refusal"/>).</summary>
    public async ValueTask<bool> FillAsync(Memory<byte> buffer, CancellationToken ct)
    {
        while (!buffer.IsEmpty)
        {
            var count = await ReadAsync(buffer, ct);
            if (count == 0) return false;
            buffer = buffer[count..];
        }

        return true;
    }

    /// <summary>Reads some bytes; 0 at the end of the bundle or when a rule was broken (<see cref="Refusal"/>).</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        while (Refusal is null && state != State.Ended)
        {
            if (state == State.BeforeHeader) await ReadHeaderAsync(ct);
            else if (state == State.AfterFrame) await ReadEndAsync(ct);
            else if (Expand(buffer.Span) is var count and > 0) return count;
            else if (state == State.InFrame && Refusal is null && !await ReadStoredAsync(ct))
                Refusal ??= BundleRefusal.Damaged("The bundle is cut off within its zstd frame.");
        }

        return 0;
    }

    public void Dispose()
    {
        decoder.Dispose();
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(input);
    }

    private async ValueTask ReadHeaderAsync(CancellationToken ct)
    {
        while (end < FrameHeader.MaxLength && await ReadStoredAsync(ct))
        {
        }

        if (Refusal is not null) return;
        if (!FrameHeader.TryRead(input.AsSpan(0, end), out var header, out var fault)) Refusal = BundleRefusal.Damaged(fault);
        else if (header.WindowBytes > limits.MaxWindowBytes)
            Refusal = BundleRefusal.Damaged($"The zstd window is larger than {limits.MaxWindowBytes} bytes.");
        else if (header.ContentBytes > limits.MaxExpandedBytes) Refusal = TooLarge();
        state = State.InFrame;
    }

    private async ValueTask ReadEndAsync(CancellationToken ct)
    {
        if (start < end || await ReadStoredAsync(ct)) Refusal = BundleRefusal.Damaged("The bundle has bytes after its zstd frame.");
        else if (Refusal is null && ExpandedBytes > limits.MaxRatio * StoredBytes) Refusal = RatioBroken();
        state = State.Ended;
    }

    private int Expand(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("The buffer is empty.", nameof(buffer));
        var result = decoder.Decode(input.AsSpan(start, end - start), buffer, out var consumed, out var written);
        start += consumed;
        ExpandedBytes += written;
        if (result == DecodeResult.FrameEnd) state = State.AfterFrame;
        if (result == DecodeResult.Damaged) Refusal = BundleRefusal.Damaged("The bundle's zstd frame is damaged.");
        else if (ExpandedBytes > limits.MaxExpandedBytes) Refusal = TooLarge();
        else if (ExpandedBytes - limits.RatioLead > limits.MaxRatio * (StoredBytes - (end - start))) Refusal = RatioBroken();
        return Refusal is null ? written : 0;
    }

    /// <summary>Takes more stored bytes in; false at their end or when there are too many.</summary>
    private async ValueTask<bool> ReadStoredAsync(CancellationToken ct)
    {
        if (storedEnded) return false;
        if (start == end) (start, end) = (0, 0);
        var count = await stored.ReadAsync(input.AsMemory(end, InputLength - end), ct);
        storedEnded = count == 0;
        hash.AppendData(input.AsSpan(end, count));
        end += count;
        StoredBytes += count;
        if (StoredBytes <= limits.MaxStoredBytes) return count > 0;
        Refusal = BundleRefusal.Of($"The bundle has more than {limits.MaxStoredBytes} bytes. Leave files out or make them smaller.");
        return false;
    }

    private Refusal TooLarge() =>
        BundleRefusal.Of($"The bundle expands to more than {limits.MaxExpandedBytes} bytes. Leave files out or make them smaller.");

    private Refusal RatioBroken() =>
        BundleRefusal.Of($"The bundle expands to more than {limits.MaxRatio} times its size. Leave out files that are nearly empty space.");
}
