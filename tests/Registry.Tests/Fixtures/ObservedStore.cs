using System.Collections.Concurrent;
using Alga.Extensions.BlobStorage;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>The bundle store, with a list of what was written to it.</summary>
internal sealed class ObservedStore(IBundleStore inner) : IBundleStore
{
    /// <summary>Called with a blob's name before it is written.</summary>
    public ConcurrentBag<Action<string>> Writing { get; } = [];

    public Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        foreach (var observer in Writing) observer(name);
        return inner.CreateAsync(name, content, mediaType, cancellationToken);
    }

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

    public Task<Stream?> OpenRangeAsync(string name, long offset, long length, CancellationToken cancellationToken) =>
        inner.OpenRangeAsync(name, offset, length, cancellationToken);
}
