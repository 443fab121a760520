using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>Limits by tenant and extension, read once in half a minute; the last ones hold while the database is away.</summary>
internal sealed class LimitSettings(QuotaQuery query, TimeProvider time, ILogger<LimitSettings> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<QuotaScope, Known> known = new();
    private readonly ConcurrentDictionary<QuotaScope, Lazy<Task<TenantLimits?>>> reading = new();

    private sealed record Known(TenantLimits Limits, long ReadAt);

    /// <summary>The limits; null when they were never read and cannot be read now.</summary>
    public async ValueTask<TenantLimits?> FindAsync(QuotaScope extension)
    {
        if (known.TryGetValue(extension, out var last) && time.GetElapsedTime(last.ReadAt) < Lifetime) return last.Limits;
        // All who ask at the same time wait for one query.
        return await reading.GetOrAdd(extension, key => new Lazy<Task<TenantLimits?>>(() => ReadAsync(key))).Value;
    }

    private async Task<TenantLimits?> ReadAsync(QuotaScope extension)
    {
        try
        {
            var limits = await query.FindAsync(extension.TenantId, extension.Name);
            if (known.Count >= Capacity) known.Clear();
            known[extension] = new Known(limits, time.GetTimestamp());
            return limits;
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            Log.QuotaStoreDown(logger, extension.TenantId, extension.Name, exception);
            if (!known.TryGetValue(extension, out var last)) return null;
            known[extension] = last with { ReadAt = time.GetTimestamp() };
            return last.Limits;
        }
        finally
        {
            reading.TryRemove(extension, out _);
        }
    }
}
