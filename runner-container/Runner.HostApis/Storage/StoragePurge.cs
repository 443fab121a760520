using System.Collections.Concurrent;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// When to delete expired entries for good. They are absent to every call as it is; a write removes a bounded number of
/// them along the way, at most once in a minute for each tenant and extension, and once more when a quota is reached.
/// </summary>
internal sealed class StoragePurge(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<(Guid Tenant, string Extension), long> purged = new();

    /// <summary>Whether the next write shall purge; says so once in a while only.</summary>
    public bool IsDue(Guid tenantId, string extension)
    {
        var key = (tenantId, extension);
        var now = time.GetTimestamp();
        // Forgetting only means to purge once more.
        if (purged.Count >= Capacity) purged.Clear();
        if (!purged.TryGetValue(key, out var last)) return purged.TryAdd(key, now);
        return time.GetElapsedTime(last, now) >= Pause && purged.TryUpdate(key, now, last);
    }
}
