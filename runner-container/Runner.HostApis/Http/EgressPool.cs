namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Keeps the connections of installs apart, and for a while: nobody reuses what another tenant opened. What was idle for
/// two minutes goes, and over the bound the longest idle goes first.
/// </summary>
internal sealed class EgressPool(IEgressNetwork network, TimeProvider time, int capacity = EgressPool.DefaultCapacity) : IDisposable
{
    private const int DefaultCapacity = 256;
    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(2);

    private readonly EgressConnector connector = new(network);
    private readonly Dictionary<(Guid Tenant, Guid Install), Entry> entries = [];
    private readonly Lock gate = new();

    /// <summary>Number of installs with connections.</summary>
    public int Count
    {
        get
        {
            lock (gate) return entries.Count;
        }
    }

    /// <summary>The install's connections; dispose of the lease after the answer was read.</summary>
    public Lease Rent(Guid tenantId, Guid installId)
    {
        lock (gate)
        {
            DropIdle(MaxIdle);
            if (!entries.TryGetValue((tenantId, installId), out var entry))
            {
                if (entries.Count >= capacity) DropLongestIdle();
                entry = new Entry((tenantId, installId), new EgressTransport(connector, network));
                // Over the bound with everything in use: this one is for one call only.
                if (entries.Count < capacity) entries.Add(entry.Key, entry);
            }

            entry.Users++;
            return new Lease(this, entry);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var entry in entries.Values) entry.Transport.Dispose();
            entries.Clear();
        }
    }

    private void Return(Entry entry)
    {
        lock (gate)
        {
            entry.Users--;
            entry.IdleSince = time.GetTimestamp();
            if (entry.Users == 0 && entries.GetValueOrDefault(entry.Key) != entry) entry.Transport.Dispose();
        }
    }

    private void DropIdle(TimeSpan age)
    {
        foreach (var (key, entry) in entries)
        {
            if (entry.Users > 0 || time.GetElapsedTime(entry.IdleSince) < age) continue;
            entries.Remove(key);
            entry.Transport.Dispose();
        }
    }

    private void DropLongestIdle()
    {
        if (entries.Values.Where(entry => entry.Users == 0).MinBy(entry => entry.IdleSince) is not { } idle) return;
        entries.Remove(idle.Key);
        idle.Transport.Dispose();
    }

    /// <summary>The use of an install's connections by one call.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly EgressPool pool;
        private readonly Entry entry;

        internal Lease(EgressPool pool, Entry entry) => (this.pool, this.entry) = (pool, entry);

        public EgressTransport Transport => entry.Transport;

        public void Dispose() => pool.Return(entry);
    }

    internal sealed class Entry((Guid Tenant, Guid Install) key, EgressTransport transport)
    {
        public (Guid Tenant, Guid Install) Key => key;

        public EgressTransport Transport => transport;

        public int Users { get; set; }

        public long IdleSince { get; set; }
    }
}
