using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>Ends the start of a process whose database is unsafe; waits a while for one that is not up yet.</summary>
internal sealed partial class RoleGuardStartup(RoleGuard guard, TimeProvider time, ILogger<RoleGuardStartup> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await guard.CheckAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException exception) when (exception.IsTransient && time.GetElapsedTime(started) < Patience)
            {
                LogWaiting(logger, exception.Message);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1300, LogLevel.Warning, "The database does not answer yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
