using System.Threading.Channels;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Where recordings wait for <see cref="RecordingWriter"/>. Full, it takes no more: a request never waits here.</summary>
public sealed class RecordingQueue(RecordingMetrics metrics)
{
    /// <summary>Recordings that may wait.</summary>
    public const int Capacity = 256;

    /// <summary>Memory that may wait, in bytes of JSON.</summary>
    public const long MaxBytes = 32L * 1024 * 1024;

    private readonly Channel<PendingRecording> channel = Channel.CreateBounded<PendingRecording>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long bytes;

    internal ChannelReader<PendingRecording> Reader => channel.Reader;

    /// <summary>Adds a recording, or counts it as lost.</summary>
    public void Add(PendingRecording pending)
    {
        if (Interlocked.Add(ref bytes, pending.Bytes) <= MaxBytes && channel.Writer.TryWrite(pending)) return;
        Interlocked.Add(ref bytes, -pending.Bytes);
        metrics.Lost();
    }

    internal void Done(PendingRecording pending) => Interlocked.Add(ref bytes, -pending.Bytes);

    internal void Complete() => channel.Writer.TryComplete();
}
