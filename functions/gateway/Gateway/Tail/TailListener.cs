using Alga.Extensions.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Listens for what runners have written. What is missed while it cannot listen, the connections find by looking.</summary>
internal sealed class TailListener(NoticeListener listener, TailHub hub, ILogger<TailListener> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => listener.RunAsync(
        [WrittenNotice.Channel],
        _ =>
        {
            hub.LookAll();
            return Task.CompletedTask;
        },
        (notice, _) =>
        {
            Tell(notice.Payload);
            return Task.CompletedTask;
        },
        exception => Log.TailNotListening(logger, exception),
        stoppingToken);

    private void Tell(string payload)
    {
        if (WrittenNotice.Parse(payload) is { } notice) hub.Tell(notice);
        else Log.StrangeNotice(logger, WrittenNotice.Channel);
    }
}
