using Alga.Extensions.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>
/// Keeps the held indexes up to date: the registry announces each new one (<c>NOTIFY extension_index_changed</c>), and a poll four
/// times a minute finds what was not heard. A revocation so takes effect within 60 s even when no announcement arrives.
/// </summary>
public sealed class IndexWatcher(NoticeListener listener, TrustedIndexCache indexes, TimeProvider time, ILogger<IndexWatcher> logger) : BackgroundService
{
    /// <summary>Name of the channel; the payload is the extension's name.</summary>
    public const string Channel = "extension_index_changed";

    /// <summary>Time between two polls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), PollAsync(stoppingToken));

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await WaitAsync(timer, cancellationToken)) await TryPollAsync(cancellationToken);
    }

    // What was announced while nobody listened is found by a poll.
    private Task ListenAsync(CancellationToken cancellationToken) => listener.RunAsync(
        [Channel], TryPollAsync, (notice, stopping) => indexes.RefreshAsync(notice.Payload, stopping), exception => Log.ListeningFailed(logger, exception), cancellationToken);

    private async Task TryPollAsync(CancellationToken cancellationToken)
    {
        try
        {
            await indexes.PollAsync(cancellationToken);
        }
        catch (IndexSourceException exception)
        {
            Log.PollFailed(logger, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
