namespace Alga.Extensions.Services.Prometheus;

/// <summary>How Prometheus is run.</summary>
public sealed record PrometheusOptions
{
    /// <summary>Folder of its configuration and data.</summary>
    public required string StateFolder { get; init; }

    public required string LogFile { get; init; }

    public required int Port { get; init; }

    /// <summary>File of recording and alert rules.</summary>
    public required string Rules { get; init; }

    /// <summary>What is scraped: name of the job and port of the part on this machine, which serves <c>/metrics</c>.</summary>
    public required IReadOnlyDictionary<string, int> Targets { get; init; }
}
