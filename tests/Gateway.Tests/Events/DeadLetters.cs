using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary>The counter of dead letters of one gateway, from now on.</summary>
internal sealed class DeadLetters : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, long> before;
    private Dictionary<string, long> counts = new(StringComparer.Ordinal);

    public DeadLetters(IServiceProvider gateway)
    {
        // Other tests have gateways of their own in this process, each with its own factory.
        var factory = gateway.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "alga.gateway.dead_letters" && instrument.Meter.Scope == factory) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counts[(string)tags[0].Value!] = value);
        listener.Start();
        before = Read();
    }

    /// <summary>How many deliveries were given up for a cause since this was made.</summary>
    public long Since(string cause) => Read()[cause] - before[cause];

    public void Dispose() => listener.Dispose();

    private Dictionary<string, long> Read()
    {
        counts = new Dictionary<string, long>(StringComparer.Ordinal);
        listener.RecordObservableInstruments();
        return counts;
    }
}
