using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Records;

/// <summary>Where executions leave their records; a bounded line in memory that <see cref="RecordWriter"/> empties.</summary>
public sealed class RecordQueue(RecordOptions options, RecordMetrics metrics, TimeProvider time, ILogger<RecordQueue> logger)
{
    private readonly Channel<ExecutionRecord> channel = Channel.CreateBounded<ExecutionRecord>(
        new BoundedChannelOptions(options.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    internal ChannelReader<ExecutionRecord> Reader => channel.Reader;

    /// <summary>Records that wait.</summary>
    public int Count => channel.Reader.Count;

    /// <summary>
    /// Leaves a record; done at once as long as there is room, which is nearly always. Call it before the answer is sent:
    /// then a stop loses no record of an answer.
    /// </summary>
    public ValueTask AddAsync(ExecutionRecord record) => channel.Writer.TryWrite(record) ? ValueTask.CompletedTask : WaitAsync(record);

    internal void Complete() => channel.Writer.TryComplete();

    private async ValueTask WaitAsync(ExecutionRecord record)
    {
        using var patience = new CancellationTokenSource(options.MaxWait, time);
        try
        {
            await channel.Writer.WriteAsync(record, patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            metrics.Lost(1);
            Log.NoRoom(logger, 1);
        }
    }
}
