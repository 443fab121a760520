namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>metrics</c>.</summary>
internal static class MetricsImports
{
    public static readonly HostFunction[] Functions =
    [
        new("emit", (host, arguments) =>
        {
            host.Metrics.Emit(arguments[0].AsString(), Kind(arguments[1].AsEnum()), arguments[2].AsF64(), Pairs.Read(arguments[3]));
            return null;
        }),
    ];

    private static GuestMetricKind Kind(string name) => name switch
    {
        "counter" => GuestMetricKind.Counter,
        "gauge" => GuestMetricKind.Gauge,
        "histogram" => GuestMetricKind.Histogram,
        _ => throw new InvalidOperationException("Unknown kind of metric."),
    };
}
