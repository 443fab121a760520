using System.Collections.Concurrent;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Passes notices on to the connections of this gateway that watch an extension.</summary>
internal sealed class TailHub(TailOptions options)
{
    private readonly ConcurrentDictionary<Guid, TailFeed> feeds = new();
    private int count;

    /// <summary>A feed that gets what is told from now on; null when this gateway has as many connections as it serves.</summary>
    public TailFeed? Join(Guid tenantId, string extensionId, Guid connectionId)
    {
        if (Interlocked.Increment(ref count) > options.MaxConnections)
        {
            Interlocked.Decrement(ref count);
            return null;
        }

        return feeds[connectionId] = new TailFeed(tenantId, extensionId, () =>
        {
            if (feeds.TryRemove(connectionId, out _)) Interlocked.Decrement(ref count);
        });
    }

    /// <summary>A batch was written.</summary>
    public void Tell(WrittenNotice notice)
    {
        foreach (var feed in feeds.Values)
        {
            if (feed.TenantId == notice.TenantId && feed.ExtensionId == notice.ExtensionId) feed.Add(notice);
        }
    }

    /// <summary>Notices may have been missed: whoever watches looks now.</summary>
    public void LookAll()
    {
        foreach (var feed in feeds.Values) feed.Look();
    }
}
