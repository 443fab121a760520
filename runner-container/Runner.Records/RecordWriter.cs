using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.Records;

/// <summary>
/// Empties the queue into the database, or into the spool while the database is away or cannot keep up, and brings the
/// spool in when it is back. When the host stops, it writes what is left before it ends.
/// </summary>
public sealed class RecordWriter : BackgroundService
{
    /// <summary>How long a stop goes on trying to reach the database before it leaves the rest on disk.</summary>
    public static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(8);

    private readonly RecordQueue queue;
    private readonly RecordStore store;
    private readonly RecordSpool spool;
    private readonly RecordOptions options;
    private readonly RecordMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly List<ExecutionRecord> batch = new(RecordOptions.MaxBatch);
    private readonly TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? awaySince;

    public RecordWriter(
        RecordQueue queue, RecordStore store, RecordSpool spool, RecordOptions options, RecordMetrics metrics, TimeProvider time, ILogger<RecordWriter> logger)
    {
        this.queue = queue;
        this.store = store;
        this.spool = spool;
        this.options = options;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        metrics.Observe(() => queue.Count + batch.Count, () => spool.Bytes);
    }

    /// <summary>
    /// Returns when the loop runs. <see cref="BackgroundService"/> hands it to the thread pool with the stop as its cancellation:
    /// a stop that came sooner would mean that it never runs, and that what waits in memory is lost.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(running.Task, ExecuteTask!).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        running.SetResult();
        spool.Open();
        while (!stoppingToken.IsCancellationRequested) await TryAsync(() => StepAsync(stoppingToken));
        // Kestrel has stopped by now: nobody adds any more.
        queue.Complete();
        using var patience = new CancellationTokenSource(FlushTime, time);
        await TryAsync(() => FlushAsync(patience.Token));
        spool.Close();
    }

    /// <summary>One round: what waits in memory, then something of what waits on disk, then a pause.</summary>
    private async Task StepAsync(CancellationToken stoppingToken)
    {
        Fill();
        // Not cancelled by the stop: a batch that is under way is finished first.
        if (batch.Count > 0) await WriteBatchAsync(CancellationToken.None);
        if (queue.Count == 0 && !IsAway && spool.HasSegments) await ReplayAsync(CancellationToken.None);
        if (batch.Count > 0 || queue.Count < RecordOptions.WorthABatch) await PauseAsync(stoppingToken);
    }

    /// <summary>Waits for something to do, and a little longer, so that what comes together is written together.</summary>
    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        if (batch.Count == 0 && queue.Count == 0 && !spool.HasSegments)
        {
            Task waiting = queue.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.Delay(options.FlushInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Fill()
    {
        while (batch.Count < RecordOptions.MaxBatch && queue.Reader.TryRead(out var record)) batch.Add(record);
    }

    private bool IsAway => awaySince is { } since && time.GetElapsedTime(since) < options.RetryPause;

    /// <summary>Empties the batch, unless neither database nor spool takes it: then it stays, and the queue behind it grows.</summary>
    private async Task WriteBatchAsync(CancellationToken cancellationToken)
    {
        // A database that is slower than the requests would fill the memory: the disk is faster.
        var isBehind = spool.IsOpen && queue.Count > options.Capacity / 2;
        if (IsAway || isBehind || !await StoreAsync(batch, cancellationToken)) SpoolBatch();
        else batch.Clear();
    }

    private void SpoolBatch()
    {
        if (!spool.IsOpen) return;
        var kept = spool.Append(batch);
        metrics.Spooled(kept);
        if (kept < batch.Count)
        {
            metrics.Lost(batch.Count - kept);
            Log.NoRoom(logger, batch.Count - kept);
        }

        batch.Clear();
    }

    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        if (spool.TakeOldest() is not { } segment) return;
        foreach (var chunk in segment.Records.Chunk(RecordOptions.MaxBatch))
        {
            // What is written already does no harm when the segment comes again.
            if (!await StoreAsync(chunk, cancellationToken)) return;
        }

        spool.Delete(segment);
    }

    /// <summary>Everything, as far as the time reaches; what remains of it goes to disk.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        do
        {
            Fill();
            if (batch.Count > 0 && !await StoreAsync(batch, cancellationToken))
            {
                if (spool.IsOpen) SpoolBatch();
                else if (!await RetryPauseAsync(cancellationToken)) break;
                continue;
            }

            batch.Clear();
        }
        while (batch.Count > 0 || queue.Count > 0);

        while (spool.HasSegments && !cancellationToken.IsCancellationRequested)
        {
            await ReplayAsync(cancellationToken);
            if (awaySince is not null && !await RetryPauseAsync(cancellationToken)) break;
        }

        if (batch.Count + queue.Count > 0)
        {
            metrics.Lost(batch.Count + queue.Count);
            Log.NoRoom(logger, batch.Count + queue.Count);
        }
        else if (!spool.HasSegments)
        {
            Log.Flushed(logger);
        }
    }

    private async Task<bool> RetryPauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.FlushInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>False when the database is away. A record that it refuses is given up, so that the others are not held back by it.</summary>
    private async Task<bool> StoreAsync(IReadOnlyList<ExecutionRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            metrics.Written(await store.WriteAsync(records, cancellationToken));
            if (awaySince is not null) Log.DatabaseBack(logger, spool.Bytes);
            awaySince = null;
            return true;
        }
        catch (PostgresException exception) when (IsRefusal(exception))
        {
            if (records.Count > 1)
            {
                // Which one it is, halves of the batch tell in a few steps.
                var half = records.Count / 2;
                return await StoreAsync([.. records.Take(half)], cancellationToken) && await StoreAsync([.. records.Skip(half)], cancellationToken);
            }

            metrics.Lost(1);
            Log.Refused(logger, records[0].ExecutionId, exception);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            if (awaySince is null) Log.DatabaseAway(logger, exception);
            awaySince = time.GetTimestamp();
            return false;
        }
    }

    // Classes 22 and 23: the record itself is at fault. Anything else may pass.
    private static bool IsRefusal(PostgresException exception) =>
        exception.SqlState.StartsWith("22", StringComparison.Ordinal) || exception.SqlState.StartsWith("23", StringComparison.Ordinal);

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
#pragma warning disable CA1031 // Whatever is wrong with one batch must not end the writing of all others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.WriterFailed(logger, exception);
            await Task.Delay(options.FlushInterval, time).ConfigureAwait(false);
        }
    }
}
