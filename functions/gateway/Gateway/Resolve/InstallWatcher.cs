using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>
/// Listens for changes of installs (<c>NOTIFY install_changed</c>), so that what is in memory can be kept until it changes. While it
/// cannot listen, the cache reads everything again after a second.
/// </summary>
internal sealed class InstallWatcher(NpgsqlDataSource dataSource, InstallCache installs, TimeProvider time, ILogger<InstallWatcher> logger) : BackgroundService
{
    /// <summary>Name of the channel; the payload is <c>tenant_id extension_id install_id</c>.</summary>
    public const string Channel = "install_changed";

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
                Log.NotListening(logger, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                installs.Hear(false);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Forget(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        // Listening first: what changed before is read again, what changes now is heard.
        installs.Hear(true);
        while (true)
        {
            if (await connection.WaitAsync(Pulse, cancellationToken)) continue;
            await using var pulse = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
            await pulse.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private void Forget(string payload)
    {
        if (payload.Split(' ') is [var tenant, var extension, var install] && Guid.TryParse(tenant, out var tenantId) && Guid.TryParse(install, out var installId))
        {
            installs.Forget(tenantId, extension, installId);
        }
        else
        {
            Log.StrangeNotice(logger, Channel);
        }
    }
}
