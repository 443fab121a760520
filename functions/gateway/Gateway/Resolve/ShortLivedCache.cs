using System.Collections.Concurrent;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>
/// Values that are loaded once for all who ask at the same time, and kept for a while. Bounded: a full cache starts over,
/// which costs a load each and needs no bookkeeping on a hit. A load that fails is not kept.
/// </summary>
internal sealed class ShortLivedCache<TKey, TValue>(TimeProvider time, TimeSpan lifetime, int capacity)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();

    private sealed record Entry(Lazy<Task<TValue>> Load, long LoadedAt);

    /// <summary>The value; the load goes on for the others when this caller leaves.</summary>
    public async ValueTask<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> load, CancellationToken cancellationToken)
    {
        if (entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.LoadedAt) < lifetime && entry.Load.Value.IsCompletedSuccessfully)
        {
            return await entry.Load.Value;
        }

        var current = Renew(key, entry, load);
        try
        {
            return await current.Load.Value.WaitAsync(cancellationToken);
        }
        catch when (current.Load.Value.IsFaulted || current.Load.Value.IsCanceled)
        {
            entries.TryRemove(KeyValuePair.Create(key, current));
            throw;
        }
    }

    private Entry Renew(TKey key, Entry? old, Func<TKey, Task<TValue>> load)
    {
        if (old is not null && !old.Load.Value.IsCompleted) return old;
        if (entries.Count >= capacity) entries.Clear();

        var fresh = new Entry(new Lazy<Task<TValue>>(() => load(key)), time.GetTimestamp());
        return entries.AddOrUpdate(key, fresh, (_, existing) => ReferenceEquals(existing, old) ? fresh : existing);
    }
}
