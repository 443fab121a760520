using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// The instruments that guests record to, made when first used and named <c>ext.counter.orders</c>. The kind is part of
/// the name because two extensions may use one name for different kinds. Each series carries tag <c>extension</c>.
/// </summary>
public sealed class GuestMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Alga.Extensions.Guest";

    /// <summary>Instruments of all extensions of this process together.</summary>
    public const int MaxInstruments = 1_000;

    /// <summary>Series (instrument and tag values) of one extension in this process.</summary>
    public const int MaxSeriesPerExtension = 200;

    private readonly Meter meter;
    private readonly ConcurrentDictionary<(string Name, GuestMetricKind Kind), Instrument<double>> instruments = new();
    private readonly ConcurrentDictionary<string, SeriesBudget> budgets = new(StringComparer.Ordinal);

    public GuestMeter(IMeterFactory factory) => meter = factory.Create(Name);

    /// <summary>Records a value. False when this would be a series too many.</summary>
    /// <param name="extension">The extension's name.</param>
    /// <param name="name">Checked by <see cref="MetricRules"/>.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="value">Finite; not negative for a counter.</param>
    /// <param name="tags">Checked by <see cref="MetricRules"/>.</param>
    internal bool TryRecord(string extension, string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var budget = budgets.GetOrAdd(extension, static _ => new SeriesBudget(MaxSeriesPerExtension));
        if (!budget.Admits(SeriesKey(name, kind, tags)) || Find(name, kind) is not { } instrument) return false;
        var list = new KeyValuePair<string, object?>[tags.Count + 1];
        list[0] = new("extension", extension);
        for (var i = 0; i < tags.Count; i++) list[i + 1] = new(tags[i].Key, tags[i].Value);
        switch (instrument)
        {
            case Counter<double> counter:
                counter.Add(value, list);
                break;
            case Gauge<double> gauge:
                gauge.Record(value, list);
                break;
            case Histogram<double> histogram:
                histogram.Record(value, list);
                break;
        }

        return true;
    }

    public void Dispose() => meter.Dispose();

    private Instrument<double>? Find(string name, GuestMetricKind kind)
    {
        if (instruments.TryGetValue((name, kind), out var known)) return known;
        // Two threads may both pass at the edge: the bound is there to bound memory, not to count.
        return instruments.Count >= MaxInstruments ? null : instruments.GetOrAdd((name, kind), Create);
    }

    private Instrument<double> Create((string Name, GuestMetricKind Kind) key) => key.Kind switch
    {
        GuestMetricKind.Counter => meter.CreateCounter<double>("ext.counter." + key.Name),
        GuestMetricKind.Gauge => meter.CreateGauge<double>("ext.gauge." + key.Name),
        _ => meter.CreateHistogram<double>("ext.histogram." + key.Name),
    };

    private static string SeriesKey(string name, GuestMetricKind kind, IReadOnlyList<KeyValuePair<string, string>> tags) =>
        tags.Count == 0 ? $"{kind} {name}" : $"{kind} {name} {string.Join('\n', tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))}";
}
