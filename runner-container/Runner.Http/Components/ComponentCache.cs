using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Components in memory, one per content hash, the least recently used going first. A burst of requests for one hash loads
/// it once; a component that is in use is disposed when its last user is done. A refusal is kept for a few seconds only.
/// </summary>
public sealed class ComponentCache : IDisposable
{
    /// <summary>How long a refusal is repeated without trying again.</summary>
    public static readonly TimeSpan RefusalLifetime = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<ContentHash, Entry> entries = [];
    private readonly LinkedList<Entry> byUse = new();
    private readonly Func<ContentHash, CancellationToken, Task<Outcome<LoadedComponent>>> load;
    private readonly long maxBytes;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();
    private long bytes;

    /// <param name="load">Loads one component; not cancelled when the one who asked first goes away.</param>
    /// <param name="maxBytes">Memory of all components together; a single larger one is kept alone.</param>
    /// <param name="time">For the age of refusals.</param>
    public ComponentCache(Func<ContentHash, CancellationToken, Task<Outcome<LoadedComponent>>> load, long maxBytes, TimeProvider time)
    {
        this.load = load;
        this.maxBytes = maxBytes;
        this.time = time;
    }

    /// <summary>Gives the component, loading it if need be. Dispose the lease when its invocation is over.</summary>
    public async Task<Outcome<ComponentLease>> GetAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var entry = Enter(hash);
        var leased = false;
        try
        {
            if (!(await entry.Loading.WaitAsync(cancellationToken)).TryGet(out var component, out var refusal)) return refusal;
            leased = true;
            return new ComponentLease(component, () => Leave(entry));
        }
        finally
        {
            if (!leased) Leave(entry);
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        lock (gate)
        {
            while (byUse.First is { } first) Remove(first.Value);
        }

        stopping.Dispose();
    }

    private Entry Enter(ContentHash hash)
    {
        lock (gate)
        {
            if (entries.TryGetValue(hash, out var known) && !(known.RefusedAt is { } at && time.GetElapsedTime(at) >= RefusalLifetime))
            {
                byUse.Remove(known.Node);
                byUse.AddLast(known.Node);
                known.Users++;
                return known;
            }

            if (known is not null) Remove(known);
            // One user is the asker, the other the load itself, so that nothing is disposed while it loads.
            var entry = new Entry(hash) { Users = 2 };
            entries.Add(hash, entry);
            byUse.AddLast(entry.Node);
            entry.Loading = Task.Run(() => LoadAsync(entry));
            return entry;
        }
    }

    private async Task<Outcome<LoadedComponent>> LoadAsync(Entry entry)
    {
        try
        {
            var outcome = await load(entry.Hash, stopping.Token);
            lock (gate)
            {
                if (outcome.TryGet(out var component, out _)) Keep(entry, component);
                else entry.RefusedAt = time.GetTimestamp();
            }

            return outcome;
        }
        catch
        {
            // A fault is not an answer: the next request tries again.
            lock (gate) Remove(entry);
            throw;
        }
        finally
        {
            Leave(entry);
        }
    }

    private void Keep(Entry entry, LoadedComponent component)
    {
        entry.Component = component;
        if (entry.Removed) return;
        bytes += component.MemoryBytes;
        for (var node = byUse.First; node is not null && bytes > maxBytes;)
        {
            var next = node.Next;
            if (node.Value != entry && node.Value.Component is not null) Remove(node.Value);
            node = next;
        }
    }

    private void Leave(Entry entry)
    {
        lock (gate)
        {
            entry.Users--;
            if (entry is { Removed: true, Users: 0 }) entry.Component?.Dispose();
        }
    }

    private void Remove(Entry entry)
    {
        if (entry.Removed) return;
        entry.Removed = true;
        entries.Remove(entry.Hash);
        byUse.Remove(entry.Node);
        bytes -= entry.Component?.MemoryBytes ?? 0;
        if (entry.Users == 0) entry.Component?.Dispose();
    }

    private sealed class Entry
    {
        public Entry(ContentHash hash)
        {
            Hash = hash;
            Node = new LinkedListNode<Entry>(this);
        }

        public ContentHash Hash { get; }

        public LinkedListNode<Entry> Node { get; }

        public Task<Outcome<LoadedComponent>> Loading { get; set; } = null!;

        public LoadedComponent? Component { get; set; }

        public long? RefusedAt { get; set; }

        public int Users { get; set; }

        public bool Removed { get; set; }
    }
}
