using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>
/// Takes the secrets out of recordings and stores them, one after the other and away from requests. A recording of which not every
/// secret of its install can be known is given up, and so is one that vault or database do not take: nothing is tried twice.
/// </summary>
public sealed class RecordingWriter(RecordingQueue queue, RecordingStore store, RecordingMetrics metrics, TimeProvider time, ILogger<RecordingWriter> logger) : BackgroundService
{
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop goes on writing.</summary>
    public static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource();
        using var stopping = stoppingToken.Register(() =>
        {
            queue.Complete();
            patience.CancelAfter(FlushTime);
        });
        await foreach (var pending in queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) await WriteAsync(pending, patience.Token).ConfigureAwait(false);
    }

    private async Task WriteAsync(PendingRecording pending, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(WriteTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var redact = await pending.LoadRedaction(either.Token).ConfigureAwait(false);
            var json = RecordingJson.Write(pending.Recording, redact);
            if (json.Length > Recording.MaxBytes)
            {
                metrics.Lost();
                Log.TooLarge(logger, pending.Recording.ExecutionId, pending.InstallId);
                return;
            }

            await store.AddAsync(pending, json, either.Token).ConfigureAwait(false);
            metrics.Written();
        }
#pragma warning disable CA1031 // Whatever is wrong with one recording must not end the writing of all others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            metrics.Lost();
            Log.NotWritten(logger, pending.Recording.ExecutionId, pending.InstallId, exception);
        }
        finally
        {
            queue.Done(pending);
        }
    }
}
