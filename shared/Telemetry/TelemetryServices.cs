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

    /// <summary>When this is set, traces, metrics and logs go there; without it nothing is collected that nobody reads.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // They tell several lines for each request, which costs more than they say.
    private static readonly string[] QuietCategories = ["Microsoft.AspNetCore", "Npgsql", "System.Net.Http.HttpClient", "Azure"];

    /// <summary>
    /// Adds traces, metrics and logs of the platform's own sources and of outgoing HTTP. Everything else, such as sampling
    /// and headers, is set with OpenTelemetry's own environment variables. Frameworks log from warnings on, unless
    /// <c>Logging__LogLevel__{category}</c> says otherwise.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Environment variables.</param>
    /// <param name="serviceName">Name of the component, such as <c>gateway</c>.</param>
    public static OpenTelemetryBuilder AddPlatformTelemetry(this IServiceCollection services, IConfiguration configuration, string serviceName)
    {
        services.AddLogging(logging =>
        {
            foreach (var category in QuietCategories)
            {
                if (configuration[$"Logging:LogLevel:{category}"] is null) logging.AddFilter(category, LogLevel.Warning);
            }
        });
        var isExported = !string.IsNullOrWhiteSpace(configuration[EndpointVariable]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("alga-" + serviceName, serviceNamespace: "alga-extensions"))
            .WithTracing(tracing =>
            {
                tracing.AddSource(SourcePrefix + "*").AddHttpClientInstrumentation();
                // Then a trace is passed on, and nothing of it recorded: that costs as much as some of the work itself.
                if (!isExported) tracing.SetSampler(new AlwaysOffSampler());
            })
            .WithMetrics(metrics => metrics.AddMeter(SourcePrefix + "*").AddMeter("System.Runtime"));
        if (isExported) telemetry.WithLogging().UseOtlpExporter();
        return telemetry;
    }
}
