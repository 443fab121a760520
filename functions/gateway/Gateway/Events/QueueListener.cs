using Azure;
using Azure.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Empties the queue of wake-ups, where there is one, and wakes the dispatchers of this process.</summary>
internal sealed class QueueListener(EventQueue queue, WakeUp wakeUp, TimeProvider time, ILogger<QueueListener> logger) : BackgroundService
{
    private static readonly TimeSpan WhenEmpty = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!queue.IsConfigured) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = WhenEmpty;
            try
            {
                if (await queue.TakeAsync(stoppingToken))
                {
                    wakeUp.Signal();
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException or OperationCanceledException or AggregateException)
            {
                EventLog.QueueFailed(logger, exception);
                pause = AfterFault;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
