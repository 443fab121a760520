using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Alga.Extensions.Telemetry;

/// <summary>Registration of OpenTelemetry.</summary>
public static class TelemetryServices
{
    /// <summary>What all sources and meters of the platform are named after.</summary>
    public const string SourcePrefix = "Alga.Extensions.";

    // They tell several lines for each request, which costs more than they say.
    private static readonly string[] QuietCategories = ["Microsoft.AspNetCore", "Npgsql", "System.Net.Http.HttpClient", "Azure"];

    /// <summary>
    /// Adds traces, metrics and logs of the platform's own sources, as far as <see cref="TelemetryOptions"/> names somebody who
    /// reads them. Everything else, such as sampling and headers, is set with OpenTelemetry's own environment variables.
    /// Frameworks log from warnings on, unless <c>Logging__LogLevel__{category}</c> says otherwise.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Environment variables.</param>
    /// <param name="serviceName">Name of the component, such as <c>gateway</c>.</param>
    /// <exception cref="Contracts.Configuration.ConfigurationException">A setting is not usable.</exception>
    public static OpenTelemetryBuilder AddPlatformTelemetry(this IServiceCollection services, IConfiguration configuration, string serviceName)
    {
        var options = TelemetryOptions.Read(configuration);
        services.AddLogging(logging => Quieten(logging, configuration));
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("alga-" + serviceName, serviceNamespace: "alga-extensions"))
            .WithMetrics(metrics => metrics.AddMeter(SourcePrefix + "*").AddMeter("System.Runtime"));
        // Only then: a tracer makes spans whether anybody reads them or not.
        if (options.HasTraces) telemetry.WithTracing(tracing => tracing.AddSource(SourcePrefix + "*"));
        if (options.HasOtlp) telemetry.WithLogging().UseOtlpExporter();
        if (options.AzureConnectionString is not null) telemetry.AddAzureMonitor(options, configuration);
        if (options.MetricsUrl is { } url) telemetry.WithMetrics(metrics => metrics.AddPage(url));
        return telemetry;
    }

    private static void Quieten(ILoggingBuilder logging, IConfiguration configuration)
    {
        foreach (var category in QuietCategories)
        {
            if (configuration[$"Logging:LogLevel:{category}"] is null) logging.AddFilter(category, LogLevel.Warning);
        }

        // Its scope would put each request's path into each log line, and its own activity hide whether a request is traced.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.SimpleConsoleFormatterOptions>(console => console.IncludeScopes = true);
    }

    private static void AddAzureMonitor(this OpenTelemetryBuilder telemetry, TelemetryOptions options, IConfiguration configuration)
    {
        void Configure(AzureMonitorExporterOptions azure)
        {
            azure.ConnectionString = options.AzureConnectionString;
            azure.Credential = options.AzureCredential;
            // Containers have no disk to keep them on.
            azure.DisableOfflineStorage = true;
            azure.EnableLiveMetrics = false;
        }

        telemetry
            .WithTracing(tracing =>
            {
                tracing.AddAzureMonitorTraceExporter(Configure);
                if (configuration["OTEL_TRACES_SAMPLER"] is null) tracing.SetSampler(new ParentBasedSampler(new AlwaysOnSampler()));
            })
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure))
            .WithLogging(logging => logging.AddAzureMonitorLogExporter(Configure));
    }

    private static MeterProviderBuilder AddPage(this MeterProviderBuilder metrics, Uri url) => metrics.AddPrometheusHttpListener(listener =>
    {
        listener.Host = url.Host;
        listener.Port = url.Port;
    });
}
