using System.Collections.Concurrent;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Which series an extension has opened, up to a number.</summary>
internal sealed class SeriesBudget(int capacity)
{
    private readonly ConcurrentDictionary<string, byte> series = new(StringComparer.Ordinal);

    /// <summary>Whether the series is known, or there is room for it.</summary>
    public bool Admits(string key) => series.ContainsKey(key) || (series.Count < capacity && Add(key));

    private bool Add(string key)
    {
        series.TryAdd(key, 0);
        return true;
    }
}
