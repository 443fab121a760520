using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Alga.Extensions.Telemetry.Tests;

/// <summary>What goes where, by settings alone.</summary>
public sealed class TelemetryTests
{
    private const string Key = "01936b2e-0000-7000-8000-000000000001";

    [Fact]
    public void With_nothing_set_no_span_is_made()
    {
        using var source = new ActivitySource(Name());
        using var host = Host([]);

        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.False(source.HasListeners());
    }

    [Fact]
    public async Task Azure_Monitor_gets_spans_metrics_and_logs_by_its_connection_string()
    {
        // Its maker's own statistics would go to the internet.
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
        await using var collector = await Collector.StartAsync();
        using var host = Host(new() { [TelemetryOptions.AzureVariable] = $"InstrumentationKey={Key};IngestionEndpoint={collector.Url}/;LiveEndpoint={collector.Url}/" });
        var name = Produce(host);

        var received = collector.Received("/v2.1/track");
        Assert.Contains(Key, received, StringComparison.Ordinal);
        Assert.Contains($"span-of-{name}", received, StringComparison.Ordinal);
        Assert.Contains($"counter-of-{name}", received, StringComparison.Ordinal);
        Assert.Contains($"line-of-{name}", received, StringComparison.Ordinal);
        Assert.Contains("alga-test", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_OTLP_collector_gets_spans_metrics_and_logs()
    {
        await using var collector = await Collector.StartAsync();
        using var host = Host(new() { [TelemetryOptions.OtlpVariable] = collector.Url, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });
        var name = Produce(host);

        Assert.Contains($"span-of-{name}", collector.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains($"counter-of-{name}", collector.Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains($"line-of-{name}", collector.Received("/v1/logs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("always_off", false)]
    [InlineData("always_on", true)]
    public async Task The_sampler_is_set_by_a_variable(string sampler, bool isSampled)
    {
        await using var collector = await Collector.StartAsync();
        using var host = Host(new()
        {
            [TelemetryOptions.OtlpVariable] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_SAMPLER"] = sampler,
        });
        var name = Produce(host);

        Assert.Equal(isSampled, collector.Received("/v1/traces").Contains($"span-of-{name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_metrics_page_is_served_where_its_address_is_set()
    {
        var url = $"http://127.0.0.1:{LoopbackPort.PickFree().ToString(CultureInfo.InvariantCulture)}";
        using var host = Host(new() { [TelemetryOptions.MetricsUrlVariable] = url });
        var name = Produce(host);

        using var client = new HttpClient();
        Assert.Contains("counter_of_" + name.Replace('.', '_'), await client.GetStringAsync(new Uri(url + "/metrics")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:9464")]
    [InlineData("http://127.0.0.1:9464/metrics")]
    [InlineData("9464")]
    public void An_address_of_the_metrics_page_that_cannot_be_is_told_at_the_start(string url)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Host(new() { [TelemetryOptions.MetricsUrlVariable] = url }));
        Assert.StartsWith(TelemetryOptions.MetricsUrlVariable, Assert.Single(exception.Faults), StringComparison.Ordinal);
    }

    /// <summary>A name that no other test's sources have.</summary>
    private static string Name() => "Alga.Extensions.T" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");

    private static IHost Host(Dictionary<string, string?> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddPlatformTelemetry(builder.Configuration, "test");
        return builder.Build();
    }

    /// <summary>Makes one of each and sends it; gives the name that all have in them.</summary>
    private static string Produce(IHost host)
    {
        var name = Name();
        var metrics = host.Services.GetRequiredService<MeterProvider>();
        var tracer = host.Services.GetService<TracerProvider>();
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
        using var source = new ActivitySource(name);
        using var meter = new Meter(name);
        meter.CreateCounter<long>("counter-of-" + name).Add(1);
        using (source.StartActivity("span-of-" + name, ActivityKind.Server))
        {
#pragma warning disable CA1848, CA2254 // One line of a test.
            log.LogWarning("line-of-" + name);
#pragma warning restore CA1848, CA2254
        }

        tracer?.ForceFlush();
        metrics.ForceFlush();
        host.Services.GetService<LoggerProvider>()?.ForceFlush();
        return name;
    }
}
