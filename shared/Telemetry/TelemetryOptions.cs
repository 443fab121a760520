using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Telemetry;

/// <summary>Where traces, metrics and logs go. With nothing set, nothing is collected.</summary>
public sealed record TelemetryOptions
{
    /// <summary><c>OTEL_EXPORTER_OTLP_ENDPOINT</c>: traces, metrics and logs go there.</summary>
    public const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary><c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>: traces, metrics and logs go to Azure Monitor.</summary>
    public const string AzureVariable = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary><c>EXT_METRICS_URL</c>: where a service without a metrics page of its own serves one, such as <c>http://127.0.0.1:9464</c>.</summary>
    public const string MetricsUrlVariable = "EXT_METRICS_URL";

    private const string IdentityVariable = "AZURE_CLIENT_ID";

    public bool HasOtlp { get; init; }

    /// <summary>Null for none.</summary>
    public string? AzureConnectionString { get; init; }

    /// <summary>The managed identity that writes to Azure Monitor; null where its connection string is enough.</summary>
    public TokenCredential? AzureCredential { get; init; }

    /// <summary>Null for none.</summary>
    public Uri? MetricsUrl { get; init; }

    /// <summary>Whether anybody reads spans.</summary>
    public bool HasTraces => HasOtlp || AzureConnectionString is not null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="Contracts.Configuration.ConfigurationException">One of them is not usable.</exception>
    public static TelemetryOptions Read(IConfiguration configuration)
    {
        var faults = new Contracts.Configuration.ConfigurationFaults();
        var azure = Text(configuration, AzureVariable);
        var options = new TelemetryOptions
        {
            HasOtlp = Text(configuration, OtlpVariable) is not null,
            AzureConnectionString = azure,
            AzureCredential = azure is not null && Text(configuration, IdentityVariable) is { } client ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)) : null,
            MetricsUrl = ReadMetricsUrl(configuration, faults),
        };
        faults.ThrowIfAny();
        return options;
    }

    private static Uri? ReadMetricsUrl(IConfiguration configuration, Contracts.Configuration.ConfigurationFaults faults)
    {
        if (Text(configuration, MetricsUrlVariable) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.AbsolutePath == "/") return url;
        faults.Add(MetricsUrlVariable, "is not an http URL without a path; write one such as http://127.0.0.1:9464");
        return null;
    }

    private static string? Text(IConfiguration configuration, string name) => configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
