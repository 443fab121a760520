using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>
/// Keeps the held indexes up to date: the registry announces each new one (<c>NOTIFY extension_index_changed</c>), and a poll four
/// times a minute finds what was not heard. A revocation so takes effect within 60 s even when no announcement arrives.
/// </summary>
public sealed class IndexWatcher(NpgsqlDataSource dataSource, TrustedIndexCache indexes, TimeProvider time, ILogger<IndexWatcher> logger) : BackgroundService
{
    /// <summary>Name of the channel; the payload is the extension's name.</summary>
    public const string Channel = "extension_index_changed";

    /// <summary>Time between two polls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), PollAsync(stoppingToken));

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await WaitAsync(timer, cancellationToken)) await TryPollAsync(cancellationToken);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                var announced = new Queue<string>();
                connection.Notification += (_, notification) => announced.Enqueue(notification.Payload);
                await connection.ExecuteAsync(new CommandDefinition($"listen {Channel}", cancellationToken: cancellationToken));
                // Listening first: what is announced in between is found by this poll.
                await TryPollAsync(cancellationToken);
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                    while (announced.TryDequeue(out var extension)) await indexes.RefreshAsync(extension, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                Log.ListeningFailed(logger, exception);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

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
