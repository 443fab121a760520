namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>metrics</c>.</summary>
internal static class MetricsImports
{
    public static readonly HostFunction[] Functions =
    [
        new("emit", 4, static (running, arguments, ref _) =>
        {
            running.Host.Metrics.Emit(arguments[0].AsText().ToString(), Kind(arguments[1].AsEnum()), arguments[2].AsF64(), Pairs.Read(arguments[3].AsList()));
            return default;
        }),
    ];

    private static GuestMetricKind Kind(NativeName name) => name.ToString() switch
    {
        "counter" => GuestMetricKind.Counter,
        "gauge" => GuestMetricKind.Gauge,
        "histogram" => GuestMetricKind.Histogram,
        _ => throw new InvalidOperationException("Unknown kind of metric."),
    };
}
