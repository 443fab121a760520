using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Runs dispatchers for as long as the process lives; at its end what is under way is finished.</summary>
internal sealed class DispatcherService(
    EventDispatcher dispatcher, EventAgenda agenda, WakeUp wakeUp, TimeProvider time, ILogger<DispatcherService> logger) : BackgroundService
{
    /// <summary>Tenants that one process works on at the same time.</summary>
    private const int Tenants = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Tenants).Select(_ => LoopAsync(stoppingToken)));

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var woken = wakeUp.Next;
            try
            {
                if (!await dispatcher.RunOnceAsync(stopping)) await WaitAsync(woken, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever goes wrong with one tenant, the others' events have to go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                EventLog.DispatcherFailed(logger, exception);
                await Task.Delay(AfterFault, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(Task woken, CancellationToken stopping)
    {
        var wait = await agenda.UntilNextAsync(stopping) is { } until && until < LongestWait ? until : LongestWait;
        if (wait <= TimeSpan.Zero) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(woken, Task.Delay(wait, time, either.Token));
        await either.CancelAsync();
    }
}
