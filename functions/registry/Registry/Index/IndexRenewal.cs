using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Registry.Index;

/// <summary>
/// Renews indexes at start and every ten minutes, as long as this process lives. Where it does not, because the app scales to
/// zero, a job calls the maintenance route. Event ids 2120-2129.
/// </summary>
public sealed partial class IndexRenewal(IndexRenewer renewer, TimeProvider time, ILogger<IndexRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var renewed = await renewer.RenewAsync(stoppingToken).ConfigureAwait(false);
                if (renewed > 0) LogRenewed(logger, renewed);
            }
#pragma warning disable CA1031 // Vault or database may be away; indexes have half of their life left, so the next turn is early enough.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(2120, LogLevel.Information, "{Count} indexes were signed anew")]
    private static partial void LogRenewed(ILogger logger, int count);

    [LoggerMessage(2121, LogLevel.Error, "Indexes could not be signed anew; those that expire will keep their extensions from running")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
