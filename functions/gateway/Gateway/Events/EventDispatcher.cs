using Alga.Extensions.Gateway.Schedules;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Events;

/// <summary>
/// Takes a tenant that is due and works off what it has: starts schedules, gives up what is too old, and carries deliveries to
/// the runner, several at a time. Any number of dispatchers may run at once.
/// </summary>
internal sealed class EventDispatcher(
    EventAgenda agenda, DeliveryStore deliveries, ScheduleTicker schedules, DeliveryRunner runner, GatewayMetrics metrics, ILogger<EventDispatcher> logger)
{
    /// <summary>Deliveries after which a tenant lets others go first.</summary>
    private const int MaxTurn = 200;

    /// <summary>Works on one tenant; false when none was due.</summary>
    /// <param name="stopping">Ends the handing out; what is under way is finished.</param>
    public async Task<bool> RunOnceAsync(CancellationToken stopping)
    {
        if (await agenda.TakeAsync(stopping) is not { } tenantId) return false;
        await schedules.TickAsync(tenantId, stopping);
        await ExpireAsync(tenantId, stopping);
        await DeliverAsync(tenantId, stopping);
        await agenda.ReleaseAsync(tenantId, CancellationToken.None);
        return true;
    }

    private async Task ExpireAsync(Guid tenantId, CancellationToken stopping)
    {
        var expired = await deliveries.ExpireAsync(tenantId, stopping);
        if (expired > 0)
        {
            EventLog.Expired(logger, expired, tenantId);
            metrics.DeliveriesExpired(expired);
        }

        await deliveries.PurgeAsync(tenantId, stopping);
    }

    private async Task DeliverAsync(Guid tenantId, CancellationToken stopping)
    {
        var running = new List<Task>(DeliveryRules.TenantConcurrency);
        var left = MaxTurn;
        while (true)
        {
            var free = Math.Min(left, DeliveryRules.TenantConcurrency - running.Count);
            if (free > 0 && !stopping.IsCancellationRequested)
            {
                var claimed = await deliveries.ClaimAsync(tenantId, free, runner.Lease, CancellationToken.None);
                running.AddRange(claimed.Select(delivery => RunAsync(tenantId, delivery)));
                left -= claimed.Count;
            }

            if (running.Count == 0) return;
            var done = await Task.WhenAny(running);
            running.Remove(done);
            await done;
        }
    }

    private async Task RunAsync(Guid tenantId, Delivery delivery)
    {
        var end = await runner.RunAsync(tenantId, delivery, CancellationToken.None);
        var heard = await deliveries.EndAsync(tenantId, delivery, end, CancellationToken.None);
        EventLog.Attempted(logger, delivery.DeliveryId, delivery.EventId, tenantId, delivery.InstallId, delivery.Attempts, end.RequestId, end.Status, end.HttpStatus, end.Code);
        metrics.Attempted(end.Status);
        if (heard && end.IsDead) metrics.DeliveryFailed();
        if (!heard) EventLog.LeaseLost(logger, delivery.DeliveryId, tenantId, delivery.Attempts);
    }
}
