using System.Diagnostics.Metrics;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.LoadReports;

namespace Alga.Extensions.Gateway;

/// <summary>Metrics of the gateway; <c>docs/metrics.md</c> lists them.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly long[] attempts = new long[AttemptEnd.Statuses.Length];
    private long quotaFailures;
    private long failedDeliveries;
    private long expiredDeliveries;

    public GatewayMetrics(IMeterFactory factory, InFlight inFlight)
    {
        meter = factory.Create("Alga.Extensions.Gateway");
        // Observable, so that they are there from the start: an alert on the first failure needs the zero before it.
        meter.CreateObservableCounter("alga.gateway.quota.failures", () => Interlocked.Read(ref quotaFailures), "{failure}", "Times that the shared quota counters could not be asked.");
        meter.CreateObservableCounter("alga.gateway.delivery.attempts", Attempts, "{attempt}", "Attempts to deliver an event or a scheduled call, by what became of the delivery.");
        meter.CreateObservableCounter("alga.gateway.dead_letters", DeadLetters, "{delivery}", "Deliveries that were given up, by cause.");
        meter.CreateObservableGauge("alga.gateway.in_flight", () => inFlight.Count, "{request}", "Requests that are at a runner or wait for one.");
    }

    /// <summary>The quota counters could not be asked.</summary>
    public void QuotaStoreFailed() => Interlocked.Increment(ref quotaFailures);

    /// <summary>An attempt of a delivery ended.</summary>
    /// <param name="status">What the delivery is from now on, one of <see cref="AttemptEnd.Statuses"/>.</param>
    public void Attempted(string status) => Interlocked.Increment(ref attempts[AttemptEnd.Statuses.IndexOf(status)]);

    /// <summary>A delivery was given up after its last attempt failed.</summary>
    public void DeliveryFailed() => Interlocked.Increment(ref failedDeliveries);

    /// <summary>Deliveries were given up because they waited too long.</summary>
    public void DeliveriesExpired(int count) => Interlocked.Add(ref expiredDeliveries, count);

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Attempts() => AttemptEnd.Statuses.Select((status, index) =>
        new Measurement<long>(Interlocked.Read(ref attempts[index]), new KeyValuePair<string, object?>("status", status)));

    private IEnumerable<Measurement<long>> DeadLetters() =>
    [
        new(Interlocked.Read(ref failedDeliveries), new KeyValuePair<string, object?>("cause", "failed")),
        new(Interlocked.Read(ref expiredDeliveries), new KeyValuePair<string, object?>("cause", "expired")),
    ];
}
