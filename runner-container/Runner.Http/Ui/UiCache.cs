using System.Collections.Concurrent;
using Alga.Extensions.Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// User interfaces in memory, the least recently used making room. However many ask for one that is not there, it is loaded once; and
/// only a few are loaded at a time, since anybody may ask for any hash.
/// </summary>
public sealed class UiCache : IDisposable
{
    private const int MaxLoads = 2;
    private const int MaxWaiting = 64;

    private static readonly Refusal Busy = new(ErrorCode.Overloaded, "Too many user interfaces are being loaded. Try again shortly.");

    private readonly Func<ContentHash, CancellationToken, Task<Outcome<UiBundle>>> load;
    private readonly MemoryCache memory;
    private readonly ConcurrentDictionary<ContentHash, Lazy<Task<Outcome<UiBundle>>>> loading = [];
    private readonly SemaphoreSlim lanes = new(MaxLoads);
    private readonly CancellationTokenSource stopping = new();

    /// <param name="load">Loads one that is not in memory.</param>
    /// <param name="maxBytes">Bytes of all in memory together.</param>
    public UiCache(Func<ContentHash, CancellationToken, Task<Outcome<UiBundle>>> load, long maxBytes)
    {
        this.load = load;
        memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = maxBytes, CompactionPercentage = 0.2 });
    }

    /// <summary>Gives the user interface, or the refusal of the loader, or <c>overloaded</c>. Who stops waiting does not stop the load.</summary>
    public ValueTask<Outcome<UiBundle>> GetAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (memory.TryGetValue(hash, out UiBundle? bundle)) return ValueTask.FromResult<Outcome<UiBundle>>(bundle!);
        if (loading.Count >= MaxWaiting && !loading.ContainsKey(hash)) return ValueTask.FromResult<Outcome<UiBundle>>(Busy);
        var work = loading.GetOrAdd(hash, key => new Lazy<Task<Outcome<UiBundle>>>(() => Task.Run(() => LoadAsync(key))));
        return new ValueTask<Outcome<UiBundle>>(work.Value.WaitAsync(cancellationToken));
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        memory.Dispose();
        lanes.Dispose();
    }

    private async Task<Outcome<UiBundle>> LoadAsync(ContentHash hash)
    {
        try
        {
            await lanes.WaitAsync(stopping.Token);
            try
            {
                var outcome = await load(hash, stopping.Token);
                if (outcome.TryGet(out var bundle, out _)) memory.Set(hash, bundle, new MemoryCacheEntryOptions { Size = bundle.Bytes });
                return outcome;
            }
            finally
            {
                lanes.Release();
            }
        }
        finally
        {
            loading.TryRemove(hash, out _);
        }
    }
}
