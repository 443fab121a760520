namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>metrics</c>.</summary>
public interface IMetricsCalls
{
    void Emit(string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags);
}

/// <summary>Enum <c>kind</c>.</summary>
public enum GuestMetricKind
{
    Counter = 0,
    Gauge,
    Histogram,
}
