using Alga.Extensions.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Hears PostgreSQL's notices of new events. One that is lost costs a few seconds, since the dispatchers look by themselves too.</summary>
internal sealed class WakeUpListener(NoticeListener listener, WakeUp wakeUp, ILogger<WakeUpListener> logger) : BackgroundService
{
    private const string Channel = "extension_events";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        listener.RunAsync([Channel], _ => Signal(), (_, _) => Signal(), exception => EventLog.ListenerFailed(logger, exception), stoppingToken);

    private Task Signal()
    {
        wakeUp.Signal();
        return Task.CompletedTask;
    }
}
