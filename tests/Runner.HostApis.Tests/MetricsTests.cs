using System.Diagnostics.Metrics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class MetricsTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener listener = new();
    private readonly GuestMeter meter;
    private readonly LogLines lines = new();
    private readonly List<string> seen = [];
    private readonly KnownSecrets known = new();

    public MetricsTests()
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        meter = new GuestMeter(factory);
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory)) all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            seen.Add(FormattableString.Invariant($"{instrument.Name} {value} {string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}")));
        listener.Start();
    }

    public void Dispose()
    {
        listener.Dispose();
        meter.Dispose();
        services.Dispose();
    }

    [Theory]
    [InlineData(GuestMetricKind.Counter, "ext.counter.orders")]
    [InlineData(GuestMetricKind.Gauge, "ext.gauge.orders")]
    [InlineData(GuestMetricKind.Histogram, "ext.histogram.orders")]
    public void A_value_is_recorded_with_its_extension(GuestMetricKind kind, string name)
    {
        Calls(Capability.MetricsEmit).Emit("orders", kind, 2.5, [new("region", "eu")]);
        Assert.Equal([$"{name} 2.5 extension={Invocation.Extension},region=eu"], seen);
        Assert.Empty(lines.Lines);
    }

    [Fact]
    public void A_tag_with_a_secret_is_dropped_and_the_log_does_not_repeat_it()
    {
        known.Add("canary-5f1c");
        Calls(Capability.MetricsEmit).Emit("orders", GuestMetricKind.Counter, 1, [new("key", "x-canary-5f1c")]);
        Assert.Empty(seen);
        Assert.DoesNotContain("canary", Assert.Single(lines.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_capability_it_is_dropped_and_the_log_names_the_manifest_line_once()
    {
        var calls = Calls(Capability.StorageKv);
        calls.Emit("orders", GuestMetricKind.Counter, 1, []);
        calls.Emit("orders", GuestMetricKind.Counter, 1, []);
        Assert.Empty(seen);
        Assert.Contains("Add \"metrics.emit\" to \"capabilities\" in manifest.json", Assert.Single(lines.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Orders")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("{x}")]
    public void A_name_that_is_not_plain_is_dropped(string name) => Drops(name, GuestMetricKind.Counter, 1, []);

    [Theory]
    [InlineData(GuestMetricKind.Counter, -1)]
    [InlineData(GuestMetricKind.Counter, double.NaN)]
    [InlineData(GuestMetricKind.Gauge, double.PositiveInfinity)]
    [InlineData(GuestMetricKind.Histogram, double.NaN)]
    public void A_value_that_makes_no_sense_is_dropped(GuestMetricKind kind, double value) => Drops("orders", kind, value, []);

    [Fact]
    public void Tags_are_bounded()
    {
        Drops("orders", GuestMetricKind.Counter, 1, [new("Bad", "1")]);
        Drops("orders", GuestMetricKind.Counter, 1, [new("extension", "other")]);
        Drops("orders", GuestMetricKind.Counter, 1, [new("a", "1"), new("a", "2")]);
        Drops("orders", GuestMetricKind.Counter, 1, [new("a", new string('x', MetricRules.MaxTagValueLength + 1))]);
        Drops("orders", GuestMetricKind.Counter, 1, [new("a", "1\nb=2")]);
        Drops("orders", GuestMetricKind.Counter, 1, [new("a", "\0")]);
        Drops("orders", GuestMetricKind.Counter, 1, [new("a", "1"), new("b", "1"), new("c", "1"), new("d", "1"), new("e", "1")]);
    }

    [Fact]
    public void Series_of_an_extension_are_bounded_and_another_is_not_affected()
    {
        for (var i = 0; i < GuestMeter.MaxSeriesPerExtension + 10; i++)
        {
            Calls(Capability.MetricsEmit).Emit("orders", GuestMetricKind.Counter, 1, [new("id", $"{i}")]);
        }

        Assert.Equal(GuestMeter.MaxSeriesPerExtension, seen.Count);
        Calls(Capability.MetricsEmit).Emit("orders", GuestMetricKind.Counter, 1, [new("id", "0")]);
        new MetricsCalls(Invocation.Context(null, "com.other.x", Capability.MetricsEmit), meter, known, new GuestLog(Invocation.Context(), known, lines))
            .Emit("orders", GuestMetricKind.Counter, 1, []);
        Assert.Equal(GuestMeter.MaxSeriesPerExtension + 2, seen.Count);
    }

    [Fact]
    public void Values_of_one_invocation_are_bounded()
    {
        var calls = Calls(Capability.MetricsEmit);
        for (var i = 0; i < MetricsCalls.MaxValues + 5; i++) calls.Emit("orders", GuestMetricKind.Counter, 1, []);
        Assert.Equal(MetricsCalls.MaxValues, seen.Count);
        Assert.Single(lines.Lines);
    }

    private void Drops(string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        lines.Lines.Clear();
        Calls(Capability.MetricsEmit).Emit(name, kind, value, tags);
        Assert.Empty(seen);
        Assert.Single(lines.Lines);
    }

    private MetricsCalls Calls(params string[] capabilities) =>
        new(Invocation.Granted(capabilities), meter, known, new GuestLog(Invocation.Context(), known, lines));
}
