using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Hears PostgreSQL's notices of new events. One that is lost costs a few seconds, since the dispatchers look by themselves too.</summary>
internal sealed class WakeUpListener(NpgsqlDataSource database, WakeUp wakeUp, TimeProvider time, ILogger<WakeUpListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                EventLog.ListenerFailed(logger, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => wakeUp.Signal();
        await connection.ExecuteAsync(new CommandDefinition("listen extension_events", cancellationToken: cancellationToken));
        // What came while nobody listened.
        wakeUp.Signal();
        while (true) await connection.WaitAsync(cancellationToken);
    }
}
