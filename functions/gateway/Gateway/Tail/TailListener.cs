using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Listens for what runners have written. What is missed while it cannot listen, the connections find by looking.</summary>
internal sealed class TailListener(NpgsqlDataSource dataSource, TailHub hub, TimeProvider time, ILogger<TailListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    // A connection that is dead and does not know it would hear nothing: it is asked so often.
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                Log.TailNotListening(logger, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Tell(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {WrittenNotice.Channel}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        hub.LookAll();
        while (true)
        {
            if (await connection.WaitAsync(Pulse, cancellationToken)) continue;
            await using var pulse = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
            await pulse.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private void Tell(string payload)
    {
        if (WrittenNotice.Parse(payload) is { } notice) hub.Tell(notice);
        else Log.StrangeNotice(logger, WrittenNotice.Channel);
    }
}
