using System.Threading.Channels;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Notices for one connection. It holds a bounded number of them; when its watcher cannot follow, the oldest go, and are counted.</summary>
internal sealed class TailFeed : IDisposable
{
    /// <summary>Notices that wait at most, of up to 100 executions each.</summary>
    public const int Capacity = 20;

    private readonly Channel<WrittenNotice?> channel;
    private readonly Action leave;
    private int skipped;

    public TailFeed(Guid tenantId, string extensionId, Action leave)
    {
        (TenantId, ExtensionId, this.leave) = (tenantId, extensionId, leave);
        channel = Channel.CreateBounded<WrittenNotice?>(
            new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            dropped => Interlocked.Add(ref skipped, dropped?.Ids.Count ?? 0));
    }

    public Guid TenantId { get; }

    public string ExtensionId { get; }

    /// <summary>Adds a notice.</summary>
    public void Add(WrittenNotice notice) => channel.Writer.TryWrite(notice);

    /// <summary>Asks the connection to look by itself.</summary>
    public void Look() => channel.Writer.TryWrite(null);

    /// <summary>The next notice; null when it is time to look.</summary>
    public ValueTask<WrittenNotice?> NextAsync(CancellationToken cancellationToken) => channel.Reader.ReadAsync(cancellationToken);

    /// <summary>How many executions were left out since this was last asked.</summary>
    public int TakeSkipped() => Interlocked.Exchange(ref skipped, 0);

    public void Dispose() => leave();
}
