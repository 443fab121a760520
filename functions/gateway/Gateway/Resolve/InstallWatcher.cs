using Alga.Extensions.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>
/// Listens for changes of installs (<c>NOTIFY install_changed</c>), so that what is in memory can be kept until it changes. While it
/// cannot listen, the cache reads everything again after a second.
/// </summary>
internal sealed class InstallWatcher(NoticeListener listener, InstallCache installs, ILogger<InstallWatcher> logger) : BackgroundService
{
    /// <summary>Name of the channel; the payload is <c>tenant_id extension_id install_id</c>.</summary>
    public const string Channel = "install_changed";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => listener.RunAsync(
        [Channel],
        _ =>
        {
            // What changed before is read again, what changes now is heard.
            installs.Hear(true);
            return Task.CompletedTask;
        },
        (notice, _) =>
        {
            Forget(notice.Payload);
            return Task.CompletedTask;
        },
        exception =>
        {
            installs.Hear(false);
            Log.NotListening(logger, exception);
        },
        stoppingToken);

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
